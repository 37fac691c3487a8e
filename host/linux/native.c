// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Native code: an isolate's methods, compiled by the kernel's own eBPF JIT.
 *
 * The engine says when a call is worth it (KONOHA_WANTS_NATIVE) and hands over a
 * unit: a method that runs often and those that it calls, as KIR. Each becomes a
 * BPF program, which nobody but konoha_native_enter() and other methods of the
 * isolate call: no descriptor, no verifier; kir-expand.c is what stands between the
 * engine and the machine. All of a unit is published, or none of it.
 *
 * Programs that call one another are compiled twice: the first pass fixes their
 * addresses, the second puts them into the calls. With bpf_jit_harden the first pass
 * may give back another program than it was given, so calls are looked for
 * after it.
 *
 * All of it is guarded by the isolate's lock. Whoever frees programs holds it, and
 * no call is in native code when it is free: calls that wait have left it.
 */
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "internal.h"
#include "native.h"

/* Methods of one unit, and of an isolate, at most. */
#define UNIT_MAX 32
#define METHODS_MAX 4096
/* Where the engine keeps, of an activation, where native code left it (docs/abi.md). */
#define ACTIVATION_NATIVE 176

struct unit_method {
	const struct kir_header *kir;
	struct kir_code code;
	struct native_method *method;
};

/**
 * struct unit - methods on their way
 * @native: the isolate's, where they go
 * @kir: copies of what the engine gave, one behind the other
 * @offset: where each begins in @kir
 * @length: and its bytes
 * @count: of methods
 * @installed: all of them are published
 * @advance: most bytes from a frame to a callee's
 * @frame: bytes of the largest frame
 * @bytes: of code, and of what the kernel keeps of each program
 * @methods: each on its way
 */
struct unit {
	struct konoha_native *native;
	struct konoha_buffer kir;
	u32 offset[UNIT_MAX];
	u32 length[UNIT_MAX];
	u32 count;
	bool installed;
	u32 advance;
	u32 frame;
	u64 bytes;
	struct unit_method methods[UNIT_MAX];
};

static void free_method(struct native_method *method)
{
	if (!method)
		return;
	if (method->prog)
		bpf_prog_free(method->prog);
	kfree(method);
}

/**
 * konoha_native_drop() - frees all code of an isolate
 * @isolate: NULL: it goes as well
 * @engine: nobody is in its native code
 */
void konoha_native_drop(struct konoha_isolate *isolate, struct konoha_engine *engine)
{
	struct konoha_native *native = engine->native;
	u32 i;

	if (!native)
		return;
	for (i = 0; i < native->size; i++)
		free_method(native->methods[i]);
	kvfree(native->methods);
	kfree(native);
	engine->native = NULL;
	engine->native_changes++;
	if (isolate)
		memset(&isolate->native, 0, sizeof(isolate->native));
}

/**
 * konoha_native_possible() - whether this kernel can have native code
 *
 * Return: false if it has no JIT, or would not let the module call what that makes.
 */
bool konoha_native_possible(void)
{
	return IS_ENABLED(CONFIG_BPF_JIT) && !IS_ENABLED(CONFIG_CFI_CLANG);
}

/**
 * konoha_native_describe() - the fields of /proc/konoha/stats
 * @isolate: its engine may be gone
 * @text: gets them
 */
void konoha_native_describe(const struct konoha_isolate *isolate, struct konoha_buffer *text)
{
	const struct konoha_native_stats *stats = &isolate->native;

	konoha_buffer_printf(text, "\tnative=%u\tnative_bytes=%llu\tinterpreted=%u,%u,%u,%u,%u",
			     stats->methods, stats->bytes, stats->reasons[0], stats->reasons[1],
			     stats->reasons[2], stats->reasons[3], stats->reasons[4]);
}

struct instruction {
	struct konoha_native *native;
	u32 fp;
	u32 pc;
	u32 slice;
	s32 left;
};

/* Inside wasm_rt_run(). */
static int run_in_engine(void *arg)
{
	struct instruction *instruction = arg;
	struct konoha_native *native = instruction->native;

	instruction->left = w2c_vm_jit_run(&native->engine->vm, native->act, instruction->fp,
					   instruction->pc, instruction->slice);
	return 0;
}

/* The host has called code, which is not inside wasm_rt_run(): entered here; a trap ends there. */
static noinline s32 run_from_outside(struct konoha_native *native, u32 fp, u32 pc, u32 slice)
{
	struct instruction instruction = { native, fp, pc, slice };

	/* What was interrupted by a trap is not entered again. */
	if (native->ran && native->engine->env.trap)
		return -1;
	native->ran = true;
	if (wasm_rt_run(&native->engine->env, run_in_engine, &instruction))
		return -1;
	return instruction.left;
}

/*
 * The runtime: does one instruction, which may call a method's native code in turn. If BPF
 * code was entered inside wasm_rt_run(), a trap of the engine cuts that code off, which owns
 * nothing. What a function of the host wants of the stack, nested calls may have taken: the
 * interpreter has it again.
 */
static u64 run_instruction(u64 context, u64 fp, u64 pc, u64 fuel, u64 calls_host)
{
	struct konoha_native *native = (struct konoha_native *)context;
	w2c_vm *vm = &native->engine->vm;
	u32 at = fp - (u64)vm->w2c_memory.data;
	s32 left;

	if (calls_host && wasm_rt_stack_left() < KONOHA_HOST_CALL_STACK + RUN_STACK) {
		native->exit.pc = pc;
		native->exit.fp = fp;
		native->exit.fuel = fuel;
		return -1;
	}
	if (likely(native->engine->env.entry_sp))
		left = w2c_vm_jit_run(vm, native->act, at, pc, fuel_left(fuel));
	else
		left = run_from_outside(native, at, pc, fuel_left(fuel));
	if (unlikely(left < 0)) {
		native->raised = true;
		return -1;
	}
	return (fuel & (KIR_UNIT - 1)) | fuel_field(left);
}

/**
 * w2c_env_native_enter() - runs a method's native code
 * @env: of the engine
 * @act: activation
 * @index: method
 * @entry: 0: its begin, else a loop
 * @fp: its frame
 * @slice: fuel
 * @limit: end of the VM stack
 *
 * Return: enum native_status. What the engine needs to go on lies in its
 * activation.
 */
u32 w2c_env_native_enter(struct w2c_env *env, u32 act, u32 index, u32 entry, u32 fp, u32 slice,
			 u32 limit)
{
	struct konoha_engine *engine = container_of(env, struct konoha_engine, env);
	struct konoha_native *native = engine->native;
	wasm_rt_memory_t *memory = &engine->vm.w2c_memory;
	u64 (*code)(u64 fp, u64 fuel, u64 entry, u64 unused4, u64 unused5);
	struct native_method *method;
	u32 *out;
	u32 levels;
	s64 fuel;

	if (!native || index >= native->size || slice > KIR_FUEL_MAX || slice <= KIR_FUEL_KEPT)
		return NATIVE_REFUSED;
	method = native->methods[index];
	if (!method || entry >= method->entries || fp < 16 || !IS_ALIGNED(fp, 8))
		return NATIVE_REFUSED;
	out = wasm_rt_range(memory, act + ACTIVATION_NATIVE, 3 * sizeof(u32));
	if (!out || !wasm_rt_range(memory, fp, method->callee.frame * 8))
		return NATIVE_REFUSED;
	limit = min_t(u64, limit, memory->size);
	/* Calls that have become part of it have their frames there. */
	if ((u64)fp + method->callee.frame * 8 > limit)
		return NATIVE_REFUSED;
	if (current_stack_pointer < env->stack_limit + RUN_STACK)
		return NATIVE_REFUSED;

	native->act = act;
	native->raised = false;
	code = (void *)method->prog->bpf_func;
	levels = levels_left(native, env->stack_limit, fp, limit);
	fuel = code((u64)memory->data + fp, fuel_field(slice) | (KIR_LEVELS_MAX - levels),
		    entry, 0, 0);
	if (native->raised)
		return NATIVE_RAISED;
	if (likely(fuel >= 0)) {
		out[2] = fuel_left(fuel);
		return NATIVE_RETURNED;
	}
	out[0] = native->exit.fp - (u64)memory->data;
	out[1] = native->exit.pc;
	out[2] = fuel_left(native->exit.fuel);
	return NATIVE_LEFT;
}

/**
 * konoha_native_code() - a method's native code, for those who call it without the engine
 * @engine: its isolate's lock is held
 * @index: of the method
 * @slots: gets the slots of its frame
 *
 * Return: NULL: it has none. It stays until @engine->native_changes does not.
 */
const void *konoha_native_code(const struct konoha_engine *engine, u32 index, u32 *slots)
{
	const struct konoha_native *native = engine->native;
	const struct native_method *method;

	if (!native || index >= native->size || !native->methods[index])
		return NULL;
	method = native->methods[index];
	*slots = method->callee.frame;
	return method->prog->bpf_func;
}

static struct native_method *method_of(const struct unit *unit, u32 index)
{
	u32 i;

	for (i = 0; i < unit->count; i++)
		if (unit->methods[i].kir->method == index)
			return unit->methods[i].method;
	return index < unit->native->size ? unit->native->methods[index] : NULL;
}

static const struct kir_callee *callee_of(void *arg, u32 index)
{
	const struct native_method *method = method_of(arg, index);

	return method ? &method->callee : NULL;
}

/* A method runs if it calls the runtime, or a method that does. */
static void spread_runs(struct unit *unit)
{
	bool changed = true;
	u32 i, j;

	while (changed) {
		changed = false;
		for (i = 0; i < unit->count; i++) {
			const struct kir_header *kir = unit->methods[i].kir;
			const struct kir_record *records = (const void *)(kir + 1);
			struct native_method *method = unit->methods[i].method;

			for (j = 0; j < kir->records && !method->callee.runs; j++) {
				struct native_method *other;

				if (records[j].op != KIR_CALL)
					continue;
				other = method_of(unit, records[j].y);
				method->callee.runs = other && other->callee.runs;
				changed |= method->callee.runs;
			}
		}
	}
}

/* Makes the methods of a unit from what the engine gave. */
static int prepare(struct unit *unit)
{
	u32 i, j;

	for (i = 0; i < unit->count; i++) {
		struct unit_method *one = &unit->methods[i];

		one->kir = kir_check_header(unit->kir.data + unit->offset[i], unit->length[i]);
		if (!one->kir || one->kir->method >= METHODS_MAX)
			return -EINVAL;
		for (j = 0; j < i; j++)
			if (unit->methods[j].kir->method == one->kir->method)
				return -EINVAL;
		if (one->kir->method < unit->native->size &&
		    unit->native->methods[one->kir->method])
			return -EINVAL;
		one->method = kzalloc(sizeof(*one->method), GFP_KERNEL_ACCOUNT);
		if (!one->method)
			return -ENOMEM;
		one->method->entries = one->kir->entries;
		one->method->callee.frame = one->kir->frame;
		one->method->callee.entries = one->kir->entries > 1;
		one->method->callee.runs = kir_runs(one->kir);
	}
	spread_runs(unit);
	return 0;
}

static struct bpf_prog *make_prog(const struct kir_code *code)
{
	struct bpf_prog *prog;

	prog = bpf_prog_alloc(bpf_prog_size(code->count), __GFP_NOWARN);
	if (!prog)
		return ERR_PTR(-ENOMEM);
	if (!prog->jit_requested) {
		bpf_prog_free(prog);
		return ERR_PTR(-EOPNOTSUPP);
	}
	prog->len = code->count;
	prog->is_func = 1;
	prog->gpl_compatible = 1;
	memcpy(prog->insnsi, code->insns, bpf_prog_insn_size(prog));
	return prog;
}

/* One pass of the kernel's JIT; the program may become another one. */
static int compile(struct native_method *method)
{
	int error = 0;

	method->prog = bpf_prog_select_runtime(method->prog, &error);
	if (error)
		return error;
	return method->prog->jited ? 0 : -EOPNOTSUPP;
}

/* Puts the callees' addresses into a program that has been compiled once. */
static int link_calls(struct unit *unit, struct bpf_prog *prog)
{
	u32 i;

	for (i = 0; i < prog->len; i++) {
		struct bpf_insn *insn = &prog->insnsi[i];
		const struct native_method *callee;
		s64 distance;

		/* The second half of a 64-bit constant is no instruction. */
		if (insn->code == (BPF_LD | BPF_IMM | BPF_DW)) {
			i++;
			continue;
		}
		if (kir_callee_of(insn) == U32_MAX)
			continue;
		callee = method_of(unit, kir_callee_of(insn));
		if (!callee)
			return -EINVAL;
		distance = (s64)callee->prog->bpf_func - (s64)__bpf_call_base;
		if (distance != (s32)distance)
			return -ERANGE;
		insn->imm = distance;
	}
	return 0;
}

static int compile_unit(struct unit *unit)
{
	struct konoha_engine *engine = unit->native->engine;
	const wasm_rt_memory_t *memory = &engine->vm.w2c_memory;
	struct kir_target target = {
		.data = (u64)memory->data,
		.mask = memory->size - 1,
		.context = (u64)unit->native,
		.run = BPF_CALL_IMM(run_instruction),
		.callee = callee_of,
		.arg = unit,
	};
	int error;
	u32 i;

	for (i = 0; i < unit->count; i++) {
		struct unit_method *one = &unit->methods[i];
		struct bpf_prog *prog;

		error = kir_expand(one->kir, &target, &one->code);
		if (error)
			return error;
		prog = make_prog(&one->code);
		if (IS_ERR(prog))
			return PTR_ERR(prog);
		one->method->prog = prog;
		error = compile(one->method);
		if (error)
			return error;
		unit->advance = max(unit->advance, one->code.advance);
		unit->frame = max(unit->frame, one->kir->frame * 8);
	}
	for (i = 0; i < unit->count; i++) {
		struct native_method *method = unit->methods[i].method;

		error = link_calls(unit, method->prog);
		if (error)
			return error;
		method->prog->bpf_func = NULL;
		error = compile(method);
		if (error)
			return error;
		unit->bytes += method->prog->jited_len + method->prog->pages * PAGE_SIZE +
			       sizeof(*method->prog->aux) + sizeof(*method);
	}
	return 0;
}

/* Makes room for the unit's indices. */
static int grow_table(struct unit *unit)
{
	struct konoha_native *native = unit->native;
	struct native_method **methods;
	u32 size = native->size;
	u32 i;

	for (i = 0; i < unit->count; i++)
		size = max(size, unit->methods[i].kir->method + 1);
	if (size == native->size)
		return 0;
	methods = kvcalloc(size, sizeof(*methods), GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!methods)
		return -ENOMEM;
	if (native->size)
		memcpy(methods, native->methods, native->size * sizeof(*methods));
	kvfree(native->methods);
	native->methods = methods;
	native->size = size;
	return 0;
}

static int install(struct unit *unit)
{
	struct konoha_native *native = unit->native;
	int error = prepare(unit);
	u32 i;

	if (!error)
		error = grow_table(unit);
	if (!error)
		error = compile_unit(unit);
	if (!error && native->bytes + unit->bytes > native->engine->isolate->memory_size)
		error = -ENOSPC;
	for (i = 0; i < unit->count; i++) {
		struct unit_method *one = &unit->methods[i];

		kvfree(one->code.insns);
		if (error)
			free_method(one->method);
		else
			native->methods[one->kir->method] = one->method;
	}
	if (error)
		return error;
	native->advance = max(native->advance, unit->advance);
	native->frame = max(native->frame, unit->frame);
	native->count += unit->count;
	native->bytes += unit->bytes;
	return 0;
}

/* Inside wasm_rt_run(): the unit owns what is allocated. */
static int collect(void *arg)
{
	struct unit *unit = arg;
	w2c_vm *vm = &unit->native->engine->vm;
	u32 at;

	while ((at = w2c_vm_jit_next(vm)) != 0) {
		u32 len = w2c_vm_jit_bytes(vm);
		const void *kir = wasm_rt_range(&vm->w2c_memory, at, len);
		int error;

		if (!kir || unit->count == UNIT_MAX || !IS_ALIGNED(len, 16))
			return -EINVAL;
		unit->offset[unit->count] = unit->kir.len;
		unit->length[unit->count] = len;
		unit->count++;
		error = konoha_buffer_append(&unit->kir, kir, len);
		if (error)
			return error;
	}
	return 0;
}

/* Inside wasm_rt_run(). */
static int tell(void *arg)
{
	struct unit *unit = arg;
	struct konoha_engine *engine = unit->native->engine;
	struct konoha_native_stats *stats = &engine->isolate->native;
	u32 i;

	w2c_vm_jit_done(&engine->vm, unit->installed);
	for (i = 0; i < ARRAY_SIZE(stats->reasons); i++)
		stats->reasons[i] = w2c_vm_jit_stat(&engine->vm, i + 1);
	return 0;
}

/**
 * konoha_native_make() - makes the native code that a call has asked for
 * @isolate: its lock is held; the call has answered KONOHA_WANTS_NATIVE and goes on
 *           with op_resume, whatever becomes of this
 */
void konoha_native_make(struct konoha_isolate *isolate)
{
	struct konoha_engine *engine = isolate->engine;
	struct unit *unit = kvzalloc(sizeof(*unit), GFP_KERNEL | __GFP_NOWARN);
	int error = -ENOMEM;

	lockdep_assert_held(&isolate->lock);
	if (!unit)
		return;
	if (!engine->native) {
		engine->native = kzalloc(sizeof(*engine->native),
					 GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
		if (!engine->native)
			goto free;
		engine->native->engine = engine;
	}
	unit->native = engine->native;
	error = wasm_rt_run(&engine->env, collect, unit);
	if (!error && unit->count)
		error = install(unit);
	if (error == -EINVAL)
		pr_err_ratelimited("konoha: %s: native code was refused: a bug in Konoha\n",
				   isolate->name);
	unit->installed = !error && unit->count;
	engine->native_changes++;
	if (!engine->env.trap)
		wasm_rt_run(&engine->env, tell, unit);
	isolate->native.methods = engine->native->count;
	isolate->native.bytes = engine->native->bytes;
free:
	if (engine->env.trap)
		konoha_fault(isolate, "native code");
	konoha_buffer_free(&unit->kir);
	kvfree(unit);
}

/* Inside wasm_rt_run(). */
static int want_handlers(void *arg)
{
	struct konoha_engine *engine = arg;

	return w2c_vm_jit_handlers(&engine->vm) == 1;
}

/**
 * konoha_native_handlers() - makes native code of all handlers of a script's devices
 * @isolate: loaded, its lock is held, nobody is inside its engine
 */
void konoha_native_handlers(struct konoha_isolate *isolate)
{
	struct konoha_engine *engine = isolate->engine;
	u32 units = METHODS_MAX / UNIT_MAX;

	while (units-- && !isolate->faulted) {
		int wanted = wasm_rt_run(&engine->env, want_handlers, engine);

		if (engine->env.trap)
			konoha_fault(isolate, "native code");
		if (wanted <= 0)
			return;
		konoha_native_make(isolate);
	}
}
