// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * eval: a call has left the engine for a text to be compiled. The compiler gets
 * the isolate's images, to know what they declare; what it makes is verified
 * and added like any image.
 *
 * The isolate's lock stays held: no other image may come in between, and whoever
 * waits for the lock waits for a time that fuel has paid for. Nothing of the
 * call is on the stack, so the compiler has as much of it as for a load.
 */
#include <linux/minmax.h>
#include <linux/slab.h>

#include "bind.h"
#include "internal.h"

/* What the engine gives at most; its own limit is the same. */
#define TEXT_MAX (64 * 1024)
/* Room for diagnostics in the engine. */
#define DIAGNOSTICS_MAX 4096
/* Every image has a header of that many bytes. */
#define IMAGE_MIN 256

struct evaluation {
	struct konoha_engine *engine;
	struct konoha_io *io;
	struct konoha_buffer images;	/* struct konoha_image */
	struct konoha_program program;
	struct konoha_buffer diagnostics;
};

/* Inside wasm_rt_run(). */
static int list_images(void *arg)
{
	struct evaluation *evaluation = arg;
	w2c_vm *vm = &evaluation->engine->vm;
	u32 count = w2c_vm_image_count(vm);
	struct konoha_image image;
	int error = 0;
	u32 i, at;

	if (count > vm->w2c_memory.size / IMAGE_MIN)
		return -EIO;
	for (i = 0; i < count && !error; i++) {
		at = w2c_vm_image_at(vm, i);
		image.len = w2c_vm_image_bytes(vm, i);
		image.data = wasm_rt_range(&vm->w2c_memory, at, image.len);
		if (!image.data)
			return -EIO;
		error = konoha_buffer_append(&evaluation->images, &image, sizeof(image));
	}
	return error;
}

/* Inside wasm_rt_run(). */
static int add_image(void *arg)
{
	struct evaluation *evaluation = arg;
	const struct konoha_buffer *image = &evaluation->program.image;
	w2c_vm *vm = &evaluation->engine->vm;
	u32 at = w2c_vm_image_alloc(vm, image->len);
	void *to = wasm_rt_range(&vm->w2c_memory, at, image->len);
	int error;

	if (!at || !to)
		return -ENOMEM;
	memcpy(to, image->data, image->len);
	error = w2c_vm_vm_load_more(vm, at, image->len);
	if (!error || error == -ENOMEM)
		return error;
	pr_err_ratelimited("konoha: %s: the verifier refused an image of eval (code %d): a bug in Konoha\n",
			   evaluation->engine->isolate->name, error);
	return -EIO;
}

/* Inside wasm_rt_run(). */
static int put_diagnostics(void *arg)
{
	struct evaluation *evaluation = arg;
	w2c_vm *vm = &evaluation->engine->vm;
	const struct konoha_buffer *text = &evaluation->diagnostics;
	u32 len = min_t(size_t, text->len, DIAGNOSTICS_MAX);
	void *to = wasm_rt_range(&vm->w2c_memory, w2c_vm_eval_buffer(vm), len);

	/* The last line's end is no part of an exception's message. */
	if (len && text->data[len - 1] == '\n')
		len--;
	if (!to)
		return -EIO;
	if (len)
		memcpy(to, text->data, len);
	evaluation->io->eval_len = len;
	return 0;
}

static int compile(struct evaluation *evaluation)
{
	u32 len = READ_ONCE(evaluation->io->eval_len);
	const u8 *text = wasm_rt_range(&evaluation->engine->vm.w2c_memory,
				       READ_ONCE(evaluation->io->eval_ptr), len);
	int error;

	if (!text || len > TEXT_MAX)
		return -EIO;
	error = wasm_rt_run(&evaluation->engine->env, list_images, evaluation);
	if (error)
		return error;
	return konoha_compile_more((struct konoha_image *)evaluation->images.data,
				   evaluation->images.len / sizeof(struct konoha_image),
				   text, len, &evaluation->program, &evaluation->diagnostics);
}

static int add(struct evaluation *evaluation)
{
	struct konoha_engine *engine = evaluation->engine;
	const struct konoha_bindings *before = engine->bindings;
	int error;

	engine->bindings = evaluation->program.bindings;
	error = wasm_rt_run(&engine->env, add_image, evaluation);
	engine->bindings = before;
	return error;
}

/**
 * konoha_evaluate() - compiles what a call wants to evaluate, and adds it
 * @isolate: its lock is held
 * @activation: of the call, which the engine has answered with KONOHA_EVALUATES
 *
 * The isolate may have faulted when it returns.
 *
 * Return: enum konoha_reason to go on with; -EINTR: the task is being killed.
 */
int konoha_evaluate(struct konoha_isolate *isolate, const struct konoha_activation *activation)
{
	struct evaluation *evaluation = kzalloc(sizeof(*evaluation), GFP_KERNEL_ACCOUNT);
	struct konoha_engine *engine = isolate->engine;
	int error;

	lockdep_assert_held(&isolate->lock);
	if (!evaluation)
		return KONOHA_NO_MEMORY;
	evaluation->engine = engine;
	evaluation->io = activation->io;
	error = compile(evaluation);
	if (!error)
		error = add(evaluation);
	else if (error == -EINVAL && !engine->env.trap)
		error = wasm_rt_run(&engine->env, put_diagnostics, evaluation) ?: -EINVAL;
	konoha_buffer_free(&evaluation->images);
	konoha_buffer_free(&evaluation->diagnostics);
	konoha_buffer_free(&evaluation->program.image);
	konoha_bindings_put(evaluation->program.bindings);
	kfree(evaluation);

	if (unlikely(engine->env.trap)) {
		konoha_fault(isolate, "eval");
		return KONOHA_CANNOT;
	}
	switch (error) {
	case 0:
		return KONOHA_WOKEN;
	case -EINVAL:
		return KONOHA_HAS_ERRORS;
	case -ENOMEM:
		return KONOHA_NO_MEMORY;
	case -EINTR:
		return -EINTR;
	default:
		return KONOHA_CANNOT;
	}
}
