// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What one script has of bound classes: the imports host_bind, host_call and
 * handle_drop of its engine (docs/abi.md), and the table of its handles.
 *
 * All of it is under the isolate's lock. A method is called on the stack below
 * the engine, and returns into it: a trap never cuts its frame off. Values that
 * the engine names are copied before they are looked at.
 */
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "bind.h"
#include "internal.h"

static struct konoha_engine *engine_of(struct w2c_env *env)
{
	return container_of(env, struct konoha_engine, env);
}

static void *range_of(struct konoha_engine *engine, u32 at, u32 len)
{
	return wasm_rt_range(&engine->vm.w2c_memory, at, len);
}

static struct konoha_calls *calls_of(struct konoha_engine *engine)
{
	struct konoha_calls *calls = engine->calls;

	if (calls)
		return calls;
	calls = kzalloc(sizeof(*calls), GFP_KERNEL_ACCOUNT);
	if (!calls)
		return NULL;
	xa_init_flags(&calls->handles, XA_FLAGS_ALLOC1 | XA_FLAGS_ACCOUNT);
	INIT_LIST_HEAD(&calls->dropped);
	engine->calls = calls;
	return calls;
}

/* The engine holds on to the class, and to its module, from now on. */
static int use_class(struct konoha_calls *calls, struct konoha_bound *bound)
{
	struct konoha_bound **classes;
	u32 i;

	for (i = 0; i < calls->class_count; i++)
		if (calls->classes[i] == bound)
			return 0;
	classes = krealloc_array(calls->classes, calls->class_count + 1, sizeof(*classes),
				 GFP_KERNEL_ACCOUNT);
	if (!classes)
		return -ENOMEM;
	calls->classes = classes;
	/* The load holds a reference on the module: it is not going. */
	__module_get(bound->owner);
	konoha_bound_get(bound);
	atomic_inc(&bound->users);
	classes[calls->class_count++] = bound;
	return 0;
}

static int add_method(struct konoha_calls *calls, const struct konoha_bound_method *method)
{
	const struct konoha_bound_method **methods;
	u32 room = calls->method_room;
	int error;

	if (calls->method_count == room) {
		room = room ? 2 * room : 16;
		methods = krealloc_array(calls->methods, room, sizeof(*methods),
					 GFP_KERNEL_ACCOUNT);
		if (!methods)
			return -ENOMEM;
		calls->methods = methods;
		calls->method_room = room;
	}
	error = use_class(calls, method->bound);
	if (error)
		return error;
	calls->methods[calls->method_count] = method;
	return calls->method_count++;
}

static bool is_text(const char *text, const char *at, u32 len)
{
	return strlen(text) == len && !memcmp(text, at, len);
}

u32 w2c_env_host_bind(struct w2c_env *env, u32 name, u32 name_len, u32 signature,
		      u32 signature_len)
{
	struct konoha_engine *engine = engine_of(env);
	const struct konoha_bindings *bindings = engine->bindings;
	const char *name_text = range_of(engine, name, name_len);
	const char *signature_text = range_of(engine, signature, signature_len);
	const struct konoha_bound_method *method;
	struct konoha_calls *calls;
	unsigned int i, m;

	if (!name_text || !signature_text)
		return -EINVAL;
	if (!bindings)
		return -ENOENT;
	if (wasm_rt_stack_left() < KONOHA_HOST_CALL_STACK)
		return -ENOMEM;
	calls = calls_of(engine);
	if (!calls)
		return -ENOMEM;
	for (i = 0; i < bindings->count; i++) {
		for (m = 0; m < bindings->classes[i]->count; m++) {
			method = &bindings->classes[i]->methods[m];
			if (is_text(method->name, name_text, name_len) &&
			    is_text(method->signature, signature_text, signature_len))
				return add_method(calls, method);
		}
	}
	return -ENOENT;
}

/**
 * konoha_handle_free() - frees the C object; the handle stays
 * @handle: a handle, whose object may be freed already
 */
void konoha_handle_free(struct konoha_handle *handle)
{
	void *object = handle->object;

	handle->object = NULL;
	if (object && handle->bound->free)
		handle->bound->free(object);
}

static void free_dropped(struct konoha_calls *calls)
{
	struct konoha_handle *handle, *next;

	list_for_each_entry_safe(handle, next, &calls->dropped, link) {
		list_del(&handle->link);
		konoha_handle_free(handle);
		kfree(handle);
	}
}

/* The script lets go of an object. Deep inside the engine, freeing it has to wait. */
void w2c_env_handle_drop(struct w2c_env *env, u32 id)
{
	struct konoha_calls *calls = engine_of(env)->calls;
	struct konoha_handle *handle = calls ? xa_erase(&calls->handles, id) : NULL;

	if (!handle)
		return;
	calls->handle_count--;
	list_add_tail(&handle->link, &calls->dropped);
	if (wasm_rt_stack_left() >= KONOHA_HOST_CALL_STACK)
		free_dropped(calls);
}

static void drop_result(struct konoha_ctx *ctx)
{
	struct konoha_handle *handle;

	if (ctx->result.kind != KONOHA_KIND_HANDLE)
		return;
	handle = xa_erase(&ctx->calls->handles, ctx->result.value);
	if (!handle)
		return;
	ctx->calls->handle_count--;
	konoha_handle_free(handle);
	kfree(handle);
}

/* Calls the method; the result, or the message of an exception, is in @ctx. */
static int call_method(struct konoha_ctx *ctx)
{
	int error;

	if (wasm_rt_stack_left() < KONOHA_HOST_CALL_STACK)
		return konoha_throw(ctx, ENOMEM, "%s: less than %u KiB of kernel stack are left",
				    ctx->method->name, KONOHA_HOST_CALL_STACK / 1024);
	if (!list_empty(&ctx->calls->dropped))
		free_dropped(ctx->calls);
	error = ctx->method->call(ctx);
	if (ctx->error)
		error = ctx->error;
	if (error > 0 || error < -MAX_ERRNO)
		error = -EIO;
	if (error)
		drop_result(ctx);
	return error;
}

u32 w2c_env_host_call(struct w2c_env *env, u32 act, u32 number, u32 args, u32 count)
{
	struct konoha_engine *engine = engine_of(env);
	struct konoha_calls *calls = engine->calls;
	struct konoha_ctx ctx = { .calls = calls, .engine = engine, .count = count };
	struct konoha_value *records, room;
	int error;

	if (!calls || number >= calls->method_count || count > KONOHA_ARGS_MAX)
		return -EINVAL;
	records = range_of(engine, args, (max(count, 1u) + 1) * sizeof(*records));
	if (!records)
		return -EINVAL;
	ctx.method = calls->methods[number];
	memcpy(ctx.args, records, count * sizeof(*records));
	memcpy(&room, records + max(count, 1u), sizeof(room));
	if (room.len != KONOHA_TEXT_MAX || room.value > U32_MAX)
		return -EINVAL;
	ctx.text = range_of(engine, room.value, room.len);
	if (!ctx.text)
		return -EINVAL;

	error = call_method(&ctx);
	if (error) {
		ctx.result.kind = ctx.text_len ? KONOHA_KIND_STRING : KONOHA_KIND_NULL;
		ctx.result.len = ctx.text_len;
		ctx.result.value = room.value;
	} else if (ctx.result.kind == KONOHA_KIND_STRING) {
		ctx.result.value = room.value;
	}
	memcpy(records, &ctx.result, sizeof(ctx.result));
	return error;
}

/**
 * konoha_calls_free() - lets go of all that an engine has of bound classes
 * @calls: of an engine that nobody is inside of any more, or NULL; may sleep
 */
void konoha_calls_free(struct konoha_calls *calls)
{
	struct konoha_handle *handle;
	unsigned long id;
	u32 i;

	if (!calls)
		return;
	free_dropped(calls);
	xa_for_each(&calls->handles, id, handle) {
		konoha_handle_free(handle);
		kfree(handle);
	}
	xa_destroy(&calls->handles);
	for (i = 0; i < calls->class_count; i++) {
		atomic_dec(&calls->classes[i]->users);
		module_put(calls->classes[i]->owner);
		konoha_bound_put(calls->classes[i]);
	}
	kfree(calls->classes);
	kfree(calls->methods);
	kfree(calls);
}
