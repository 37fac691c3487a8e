// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Isolates: creation, boot, stop, destruction.
 *
 * LOADING -> LIVE -> DYING -> DEAD. A failed load and an unload take the same
 * way out: konoha_isolate_stop(), konoha_isolate_destroy().
 */
#include <linux/cred.h>
#include <linux/ktime.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <crypto/sha2.h>

#include "bind.h"
#include "internal.h"

/* Shells that are not freed yet, for the module's exit. */
static atomic_t shells = ATOMIC_INIT(0);

/* The VM stack gets an eighth of the memory, within these bounds (slots of 8 bytes). */
#define STACK_SLOTS_MIN 1024
#define STACK_SLOTS_MAX (64 * 1024)

/*
 * A method is worth native code when so many slices, of so many units of fuel, have
 * ended in it.
 */
#define NATIVE_SLICE 2048
#define NATIVE_HEAT 4

static void engine_free(struct konoha_engine *engine)
{
	if (!engine)
		return;
	konoha_native_drop(NULL, engine);
	wasm2c_vm_free(&engine->vm);
	wasm_rt_memory_destroy(&engine->vm.w2c_memory);
	konoha_activations_free(engine);
	konoha_calls_free(engine->calls);
	kvfree(engine);
}

/**
 * konoha_isolate_create() - a shell with an engine that has not been started
 * @memory_size: bytes of linear memory, a power of two
 * @op_fuel: units for each operation
 *
 * Return: the isolate with one reference, LOADING, in no registry; NULL: no memory.
 */
struct konoha_isolate *konoha_isolate_create(u64 memory_size, u64 op_fuel)
{
	struct konoha_isolate *isolate = kzalloc(sizeof(*isolate), GFP_KERNEL_ACCOUNT);
	struct konoha_engine *engine;

	if (!isolate)
		return NULL;
	engine = kvzalloc(sizeof(*engine), GFP_KERNEL_ACCOUNT);
	if (!engine)
		goto free_isolate;
	if (wasm_rt_memory_init(&engine->vm.w2c_memory, &engine->env, memory_size, memory_size))
		goto free_engine;

	kref_init(&isolate->ref);
	mutex_init(&isolate->lock);
	spin_lock_init(&isolate->closing_lock);
	INIT_LIST_HEAD(&isolate->closing);
	INIT_LIST_HEAD(&isolate->waiters);
	init_waitqueue_head(&isolate->drained);
	init_waitqueue_head(&isolate->pollers);
	INIT_LIST_HEAD(&isolate->resources);
	INIT_LIST_HEAD(&isolate->link);
	ratelimit_state_init(&isolate->log_limit, 5 * HZ, 50);
	ratelimit_state_init(&isolate->error_limit, 5 * HZ, 10);
	ratelimit_set_flags(&isolate->log_limit, RATELIMIT_MSG_ON_RELEASE);
	ratelimit_set_flags(&isolate->error_limit, RATELIMIT_MSG_ON_RELEASE);
	isolate->state = KONOHA_LOADING;
	isolate->memory_size = memory_size;
	isolate->op_fuel = op_fuel;
	engine->native_changes = 1;
	isolate->engine = engine;
	engine->isolate = isolate;
	INIT_LIST_HEAD(&engine->idle);
	engine->killable = true;
	atomic_inc(&shells);
	return isolate;

free_engine:
	kvfree(engine);
free_isolate:
	kfree(isolate);
	return NULL;
}

/**
 * konoha_isolate_sign() - notes where a script comes from: from the current task
 * @isolate: in no registry yet
 * @source: its text
 * @len: bytes
 */
void konoha_isolate_sign(struct konoha_isolate *isolate, const u8 *source, size_t len)
{
	struct konoha_origin *origin = &isolate->origin;

	origin->uid = current_uid();
	origin->pid = task_tgid_nr(current);
	get_task_comm(origin->comm, current);
	origin->loaded = ktime_to_ms(ktime_get_real());
#if IS_REACHABLE(CONFIG_CRYPTO_LIB_SHA256)
	sha256(source, len, origin->sha256);
#endif
}

void konoha_isolate_get(struct konoha_isolate *isolate)
{
	kref_get(&isolate->ref);
}

static void isolate_release(struct kref *ref)
{
	struct konoha_isolate *isolate = container_of(ref, struct konoha_isolate, ref);

	WARN_ON_ONCE(!list_empty(&isolate->resources) || !list_empty(&isolate->closing));
	engine_free(isolate->engine);
	kfree(isolate);
	atomic_dec(&shells);
}

void konoha_isolate_put(struct konoha_isolate *isolate)
{
	kref_put(&isolate->ref, isolate_release);
}

/**
 * konoha_isolates_idle() - whether no shell is left in memory
 *
 * Return: true once the last reference to the last isolate is gone.
 */
bool konoha_isolates_idle(void)
{
	return !atomic_read(&shells);
}

struct boot {
	struct konoha_engine *engine;
	const u8 *image;
	u32 len;
	u64 fuel;
	int reason;	/* enum konoha_reason of its last wait */
	bool native;	/* some is made */
	struct konoha_buffer *result;
};

/* Inside wasm_rt_run(), after the engine gave a status. */
static int finish_boot(struct boot *boot, u32 status)
{
	struct konoha_engine *engine = boot->engine;
	u32 act = engine->main.act;
	int error = 0;

	if (status == KONOHA_WAITING || status == KONOHA_EVALUATES || status == KONOHA_WANTS_NATIVE)
		return status;
	if (status == KONOHA_KILLED)
		error = -EINTR;
	else if (status != KONOHA_NORMAL)
		error = konoha_take_exception(engine, act, "load", boot->result);
	/* The engine throws IO!! for a name that is taken; the load says which it was. */
	if (error == -EIO && engine->refused)
		error = engine->refused;
	boot->fuel = w2c_vm_act_fuel(&engine->vm, act);
	w2c_vm_op_end(&engine->vm, act);
	return error;
}

/* A top level that has waited goes on. */
static int resume_boot(void *arg)
{
	struct boot *boot = arg;
	struct konoha_engine *engine = boot->engine;

	return finish_boot(boot, w2c_vm_op_resume(&engine->vm, engine->main.act, boot->reason));
}

/* Runs inside wasm_rt_run(): owns nothing while engine code runs. */
static int run_last(void *arg)
{
	struct boot *boot = arg;
	struct konoha_engine *engine = boot->engine;
	u32 act = engine->main.act;

	w2c_vm_act_set_fuel(&engine->vm, act, boot->fuel);
	return finish_boot(boot, w2c_vm_vm_run_more(&engine->vm, act));
}

/* The engine may ask for native code from now on: soon, or as soon as can be. */
static void start_native(struct konoha_engine *engine, bool eager)
{
	w2c_vm_jit_start(&engine->vm, eager ? 4 : NATIVE_SLICE, eager ? 1 : NATIVE_HEAT);
}

/* Runs inside wasm_rt_run(): owns nothing while engine code runs. */
static int boot_engine(void *arg)
{
	struct boot *boot = arg;
	struct konoha_engine *engine = boot->engine;
	wasm_rt_memory_t *memory = &engine->vm.w2c_memory;
	u32 slots = clamp_t(u64, memory->size / 64, STACK_SLOTS_MIN, STACK_SLOTS_MAX);
	u32 at, act, status;
	void *to;
	int error;

	wasm2c_vm_instantiate(&engine->vm, &engine->env);
	error = w2c_vm_vm_init(&engine->vm);
	if (error)
		return -ENOMEM;
	at = w2c_vm_image_alloc(&engine->vm, boot->len);
	to = wasm_rt_range(memory, at, boot->len);
	if (!at || !to) {
		konoha_buffer_printf(boot->result,
				     "error: the program does not fit into its memory of %llu KiB; raise @Heap\n",
				     memory->size / 1024);
		return -ENOMEM;
	}
	boot->native = READ_ONCE(konoha_jit) && konoha_native_possible();
	if (boot->native)
		start_native(engine, READ_ONCE(konoha_jit) > 1);
	memcpy(to, boot->image, boot->len);
	error = w2c_vm_vm_load(&engine->vm, at, boot->len);
	if (error) {
		konoha_buffer_printf(boot->result,
				     "error: the verifier refused the compiler's image (code %d): a bug in Konoha\n",
				     error);
		return -EIO;
	}
	error = w2c_vm_vm_stack(&engine->vm, slots);
	if (!error)
		error = konoha_activation_make(engine, &engine->main);
	if (error)
		return error == -EIO ? -EIO : -ENOMEM;
	act = engine->main.act;

	w2c_vm_act_set_fuel(&engine->vm, act, boot->fuel);
	status = w2c_vm_vm_run(&engine->vm, act);
	return finish_boot(boot, status);
}

/*
 * Why a top level that waits goes on. A script that is being loaded is alone with its
 * lock; a shell's can be unloaded meanwhile. Nobody can notify either of them.
 */
static int wait_for_reason(struct konoha_isolate *isolate)
{
	struct konoha_engine *engine = isolate->engine;

	if (engine->loading || READ_ONCE(engine->main.io->wait_until) < 0)
		return konoha_sleep(engine->main.io);
	return konoha_suspend(isolate, &engine->main, NULL);
}

/* Runs a top level to its end, however often it waits or evaluates. */
static int run_boot(struct konoha_isolate *isolate, struct boot *boot, int (*body)(void *arg),
		    const char *where)
{
	struct konoha_engine *engine = isolate->engine;
	u64 fuel = boot->fuel;
	int error;

	error = wasm_rt_run(&engine->env, body, boot);
	while (error == KONOHA_WAITING || error == KONOHA_EVALUATES ||
	       error == KONOHA_WANTS_NATIVE) {
		if (error == KONOHA_WANTS_NATIVE) {
			konoha_native_make(isolate);
			boot->reason = KONOHA_WOKEN;
		} else {
			boot->reason = error == KONOHA_WAITING ? wait_for_reason(isolate) :
				       konoha_evaluate(isolate, &engine->main);
		}
		if (engine->env.trap) {
			error = -EIO;
			break;
		}
		error = boot->reason;
		if (error >= 0)
			error = wasm_rt_run(&engine->env, resume_boot, boot);
	}
	isolate->stats.fuel += fuel - boot->fuel;
	if (engine->env.trap) {
		konoha_fault(isolate, where);
		konoha_buffer_printf(boot->result, "error: engine fault in %s: %s\n", where,
				     wasm_rt_trap_name(engine->env.trap));
	}
	konoha_flush_line(engine);
	return error;
}

/**
 * konoha_isolate_run_last() - runs the top level of the image that was added last
 * @isolate: LIVE, its lock held
 * @result: gets the text of an exception
 *
 * Return: 0 or the negative errno of what left it; -EINTR killed.
 */
int konoha_isolate_run_last(struct konoha_isolate *isolate, struct konoha_buffer *result)
{
	struct boot boot = {
		.engine = isolate->engine, .fuel = READ_ONCE(konoha_load_fuel), .result = result,
	};

	lockdep_assert_held(&isolate->lock);
	return run_boot(isolate, &boot, run_last, "shell");
}

/**
 * konoha_isolate_boot() - verifies an image and runs its top level
 * @isolate: LOADING, its lock held; what its script registers is staged in its resources
 * @image: the compiler's image
 * @len: its bytes
 * @result: gets the text of what went wrong
 *
 * Return: 0 or the negative errno of the load.
 */
int konoha_isolate_boot(struct konoha_isolate *isolate, const u8 *image, size_t len,
			struct konoha_buffer *result)
{
	struct konoha_engine *engine = isolate->engine;
	struct boot boot = {
		.engine = engine, .image = image, .len = len,
		.fuel = READ_ONCE(konoha_load_fuel), .result = result,
	};
	int error;

	lockdep_assert_held(&isolate->lock);
	engine->loading = true;
	error = run_boot(isolate, &boot, boot_engine, "load");
	engine->loading = false;
	if (!error && boot.native)
		konoha_native_handlers(isolate);
	return error;
}

static int lock_to_stop(struct konoha_isolate *isolate, bool killable)
{
	if (!killable)
		mutex_lock_nested(&isolate->lock, SINGLE_DEPTH_NESTING);
	else if (mutex_lock_killable_nested(&isolate->lock, SINGLE_DEPTH_NESTING))
		return -EINTR;
	return 0;
}

/**
 * konoha_isolate_stop() - waits until no activation is left
 * @isolate: DYING, so that no new call gets in; not locked
 * @killable: give up on a fatal signal; calls that waited may have been
 *            interrupted all the same
 *
 * The loader of a replacement holds the new isolate's lock meanwhile: that one
 * is taken first, and nobody else holds two.
 *
 * Return: 0: nobody is inside, the lock is held; -EINTR.
 */
int konoha_isolate_stop(struct konoha_isolate *isolate, bool killable)
{
	for (;;) {
		if (lock_to_stop(isolate, killable))
			return -EINTR;
		if (!isolate->suspended)
			break;
		konoha_wake_all(isolate);
		mutex_unlock(&isolate->lock);
		if (!killable)
			wait_event(isolate->drained, !READ_ONCE(isolate->suspended));
		else if (wait_event_killable(isolate->drained, !READ_ONCE(isolate->suspended)))
			return -EINTR;
	}
	WRITE_ONCE(isolate->owner, current);
	return 0;
}

/**
 * konoha_isolate_resume() - a stopped isolate lives on after all
 * @isolate: stopped by konoha_isolate_stop(); its lock is given back
 */
void konoha_isolate_resume(struct konoha_isolate *isolate)
{
	konoha_registry_advance(isolate, KONOHA_DYING, KONOHA_LIVE);
	konoha_leave(isolate);
}

/**
 * konoha_isolate_destroy() - takes all that a script has out of the kernel
 * @isolate: stopped by konoha_isolate_stop(), which holds its lock: given back
 *
 * The caller keeps its reference; the registry's is dropped.
 */
void konoha_isolate_destroy(struct konoha_isolate *isolate)
{
	struct konoha_engine *engine = isolate->engine;
	struct konoha_resource *resource;

	WRITE_ONCE(isolate->state, KONOHA_DEAD);
	isolate->engine = NULL;
	isolate->has_gone = false;
	wake_up_all(&isolate->pollers);
	konoha_leave(isolate);

	for (;;) {
		mutex_lock(&konoha_registry_lock);
		resource = list_empty(&isolate->resources) ? NULL :
			   list_last_entry(&isolate->resources, struct konoha_resource, link);
		if (resource)
			list_del(&resource->link);
		mutex_unlock(&konoha_registry_lock);
		if (!resource)
			break;
		resource->type->release(resource);
	}
	engine_free(engine);
	konoha_registry_remove(isolate);
}

static int sample(void *arg)
{
	struct konoha_isolate *isolate = arg;

	isolate->stats.heap_used = (u64)w2c_vm_vm_stat(&isolate->engine->vm, 0);
	return 0;
}

/**
 * konoha_isolate_sample() - brings the statistics up to date if nobody is inside
 * @isolate: the isolate; the registry lock is not held (close handlers may run)
 */
void konoha_isolate_sample(struct konoha_isolate *isolate)
{
	if (!konoha_is_live(isolate) || !mutex_trylock(&isolate->lock))
		return;
	WRITE_ONCE(isolate->owner, current);
	if (isolate->engine && !isolate->faulted &&
	    wasm_rt_run(&isolate->engine->env, sample, isolate))
		konoha_fault(isolate, "statistics");
	konoha_leave(isolate);
}

/**
 * konoha_resource_add() - puts a thing into the isolate's registry of resources
 * @isolate: the isolate; the registry lock is held
 * @resource: embedded in the thing
 * @type: how to release it
 */
void konoha_resource_add(struct konoha_isolate *isolate, struct konoha_resource *resource,
			 const struct konoha_resource_type *type)
{
	lockdep_assert_held(&konoha_registry_lock);
	resource->type = type;
	list_add_tail(&resource->link, &isolate->resources);
}
