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
	struct konoha_buffer *diagnostics;
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
	const struct konoha_buffer *text = evaluation->diagnostics;
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

static int compile(struct evaluation *evaluation, bool shell, const u8 *text, size_t len)
{
	int error = wasm_rt_run(&evaluation->engine->env, list_images, evaluation);

	if (error)
		return error;
	return konoha_compile_more((struct konoha_image *)evaluation->images.data,
				   evaluation->images.len / sizeof(struct konoha_image),
				   shell, text, len, &evaluation->program,
				   evaluation->diagnostics);
}

static int add(struct evaluation *evaluation)
{
	struct konoha_engine *engine = evaluation->engine;
	const struct konoha_bindings *before = engine->bindings;
	int error;

	engine->bindings = evaluation->program.bindings;
	/* An image may change what calls lead to. */
	konoha_native_drop(engine->isolate, engine);
	error = wasm_rt_run(&engine->env, add_image, evaluation);
	engine->bindings = before;
	return error;
}

/**
 * konoha_add_text() - compiles a text in the namespace of an isolate, and adds the image
 * @isolate: its lock is held
 * @shell: the value of its last expression is shown; otherwise the image's top level gives it
 * @text: UTF-8; may lie in the engine's memory
 * @len: its bytes
 * @diagnostics: gets those of the text
 *
 * The isolate may have faulted when it returns.
 *
 * Return: 0, -EINVAL diagnostics, -EINTR killed, -ENOMEM, -EIO a bug.
 */
int konoha_add_text(struct konoha_isolate *isolate, bool shell, const u8 *text, size_t len,
		    struct konoha_buffer *diagnostics)
{
	struct evaluation *evaluation = kzalloc(sizeof(*evaluation), GFP_KERNEL_ACCOUNT);
	int error;

	lockdep_assert_held(&isolate->lock);
	if (!evaluation)
		return -ENOMEM;
	evaluation->engine = isolate->engine;
	evaluation->diagnostics = diagnostics;
	error = compile(evaluation, shell, text, len);
	if (!error)
		error = add(evaluation);
	konoha_buffer_free(&evaluation->images);
	konoha_buffer_free(&evaluation->program.image);
	konoha_bindings_put(evaluation->program.bindings);
	kfree(evaluation);
	if (unlikely(isolate->engine->env.trap)) {
		konoha_fault(isolate, "eval");
		return -EIO;
	}
	return error;
}

/* Hands the diagnostics over: they are thrown. */
static int refuse(struct konoha_isolate *isolate, const struct konoha_activation *activation,
		  struct konoha_buffer *diagnostics)
{
	struct evaluation evaluation = {
		.engine = isolate->engine, .io = activation->io, .diagnostics = diagnostics,
	};

	if (!wasm_rt_run(&isolate->engine->env, put_diagnostics, &evaluation))
		return KONOHA_HAS_ERRORS;
	if (isolate->engine->env.trap)
		konoha_fault(isolate, "eval");
	return KONOHA_CANNOT;
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
	u32 len = READ_ONCE(activation->io->eval_len);
	const u8 *text = wasm_rt_range(&isolate->engine->vm.w2c_memory,
				       READ_ONCE(activation->io->eval_ptr), len);
	struct konoha_buffer diagnostics = {};
	int ret = -EIO;

	if (text && len <= TEXT_MAX)
		ret = konoha_add_text(isolate, false, text, len, &diagnostics);
	switch (ret) {
	case 0:
		ret = KONOHA_WOKEN;
		break;
	case -EINVAL:
		ret = refuse(isolate, activation, &diagnostics);
		break;
	case -ENOMEM:
		ret = KONOHA_NO_MEMORY;
		break;
	case -EINTR:
		break;
	default:
		ret = KONOHA_CANNOT;
		break;
	}
	konoha_buffer_free(&diagnostics);
	return ret;
}
