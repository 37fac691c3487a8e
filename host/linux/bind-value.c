// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What bound methods call (include/konoha.h): arguments, results, exceptions.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>

#include "bind.h"
#include "internal.h"

static __printf(3, 0)
void vthrow(struct konoha_ctx *ctx, int error, const char *format, va_list args)
{
	/* The first one is the cause. */
	if (ctx->error)
		return;
	ctx->error = error > 0 && error <= MAX_ERRNO ? -error : -EIO;
	ctx->text_len = vscnprintf(ctx->text, KONOHA_TEXT_MAX, format, args);
}

/**
 * konoha_throw() - makes the script's call end by an exception
 * @ctx: the call
 * @error: positive errno: Errno!! that carries it, or the exception that stands for it
 *         (EPERM Security!!, EINTR Interrupted!!, EIO IO!!, ENOMEM OutOfMemory!!,
 *         ETIMEDOUT Timeout!!)
 * @format: of the message, as for printk()
 *
 * Return: the negative errno, for the method to return.
 */
int konoha_throw(struct konoha_ctx *ctx, int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vthrow(ctx, error, format, args);
	va_end(args);
	return ctx->error;
}
EXPORT_SYMBOL_GPL(konoha_throw);

/* The record of argument @n; NULL: there is none, an exception is noted. */
static struct konoha_value *arg_of(struct konoha_ctx *ctx, unsigned int n)
{
	unsigned int index = ctx->method->is_static ? n - 1 : n;

	if (index < ctx->count)
		return &ctx->args[index];
	konoha_throw(ctx, EINVAL, "%s has no argument %u", ctx->method->name, n);
	return NULL;
}

static struct konoha_value *arg_of_kind(struct konoha_ctx *ctx, unsigned int n, u32 kind,
					const char *what)
{
	struct konoha_value *arg = arg_of(ctx, n);

	if (arg && arg->kind != kind) {
		konoha_throw(ctx, EINVAL, "%s: argument %u is no %s", ctx->method->name, n, what);
		return NULL;
	}
	return arg;
}

/**
 * konoha_arg_int() - an int argument
 * @ctx: the call
 * @n: which; parameters count from 1
 *
 * Return: its value; 0 if it is no int, and the call ends by an exception.
 */
s64 konoha_arg_int(struct konoha_ctx *ctx, unsigned int n)
{
	struct konoha_value *arg = arg_of_kind(ctx, n, KONOHA_KIND_INT, "int");

	return arg ? arg->value : 0;
}
EXPORT_SYMBOL_GPL(konoha_arg_int);

/**
 * konoha_arg_boolean() - a boolean argument
 * @ctx: the call
 * @n: which; parameters count from 1
 *
 * Return: its value; false if it is no boolean, and the call ends by an exception.
 */
bool konoha_arg_boolean(struct konoha_ctx *ctx, unsigned int n)
{
	struct konoha_value *arg = arg_of_kind(ctx, n, KONOHA_KIND_BOOLEAN, "boolean");

	return arg && arg->value;
}
EXPORT_SYMBOL_GPL(konoha_arg_boolean);

/**
 * konoha_arg_string() - a String argument
 * @ctx: the call
 * @n: which; parameters count from 1
 * @len: gets its length in bytes
 *
 * Return: UTF-8, without a NUL behind it, in the script's memory: valid until the
 * method returns. NULL, and @len 0, if it is null, or if it is no String: then the
 * call ends by an exception.
 */
const char *konoha_arg_string(struct konoha_ctx *ctx, unsigned int n, size_t *len)
{
	struct konoha_value *arg = arg_of(ctx, n);
	const char *text = NULL;

	*len = 0;
	if (!arg || arg->kind == KONOHA_KIND_NULL)
		return NULL;
	if (arg->kind == KONOHA_KIND_STRING && arg->value <= U32_MAX)
		text = wasm_rt_range(&ctx->engine->vm.w2c_memory, arg->value, arg->len);
	if (text)
		*len = arg->len;
	else
		konoha_throw(ctx, EINVAL, "%s: argument %u is no String", ctx->method->name, n);
	return text;
}
EXPORT_SYMBOL_GPL(konoha_arg_string);

static struct konoha_handle *handle_of(struct konoha_ctx *ctx, unsigned int n,
				       struct konoha_value *arg)
{
	struct konoha_handle *handle = NULL;

	if (arg->kind == KONOHA_KIND_HANDLE && arg->value <= U32_MAX)
		handle = xa_load(&ctx->calls->handles, arg->value);
	if (!handle)
		konoha_throw(ctx, EBADF,
			     "%s: argument %u is no object of the host, or was never made",
			     ctx->method->name, n);
	return handle;
}

/**
 * konoha_arg_handle() - the C object behind an argument
 * @ctx: the call
 * @n: which; 0 is the object whose method this is, parameters count from 1
 * @class: the class that it must be of
 *
 * Return: what konoha_return_handle() was given. NULL if it is null, or if it is of
 * another class or was freed: then the call ends by an exception.
 */
void *konoha_arg_handle(struct konoha_ctx *ctx, unsigned int n, const struct konoha_class *class)
{
	struct konoha_value *arg = arg_of(ctx, n);
	struct konoha_handle *handle;

	if (!arg || arg->kind == KONOHA_KIND_NULL)
		return NULL;
	handle = handle_of(ctx, n, arg);
	if (!handle)
		return NULL;
	if (handle->bound->class != class) {
		konoha_throw(ctx, EINVAL, "%s: argument %u is of another class: %s",
			     ctx->method->name, n, handle->bound->name);
		return NULL;
	}
	if (!handle->object)
		konoha_throw(ctx, EBADF, "%s: argument %u was freed", ctx->method->name, n);
	return handle->object;
}
EXPORT_SYMBOL_GPL(konoha_arg_handle);

/**
 * konoha_arg_is_null() - whether an argument is null
 * @ctx: the call
 * @n: which; parameters count from 1
 *
 * Return: true for null, which only a parameter whose type has a ? can be.
 */
bool konoha_arg_is_null(struct konoha_ctx *ctx, unsigned int n)
{
	struct konoha_value *arg = arg_of(ctx, n);

	return arg && arg->kind == KONOHA_KIND_NULL;
}
EXPORT_SYMBOL_GPL(konoha_arg_is_null);

/**
 * konoha_arg_free() - frees the C object behind an argument now
 * @ctx: the call
 * @n: which; 0 is the object whose method this is
 *
 * The class' free function is called for it, if that was not done before. From then
 * on konoha_arg_handle() refuses it with EBADF.
 */
void konoha_arg_free(struct konoha_ctx *ctx, unsigned int n)
{
	struct konoha_value *arg = arg_of(ctx, n);
	struct konoha_handle *handle = arg ? handle_of(ctx, n, arg) : NULL;

	if (handle)
		konoha_handle_free(handle);
}
EXPORT_SYMBOL_GPL(konoha_arg_free);

/**
 * konoha_return_int() - gives an int
 * @ctx: the call
 * @value: the int
 *
 * Return: 0, for the method to return.
 */
int konoha_return_int(struct konoha_ctx *ctx, s64 value)
{
	ctx->result = (struct konoha_value){ .kind = KONOHA_KIND_INT, .value = value };
	return 0;
}
EXPORT_SYMBOL_GPL(konoha_return_int);

/**
 * konoha_return_boolean() - gives a boolean
 * @ctx: the call
 * @value: the boolean
 *
 * Return: 0, for the method to return.
 */
int konoha_return_boolean(struct konoha_ctx *ctx, bool value)
{
	ctx->result = (struct konoha_value){ .kind = KONOHA_KIND_BOOLEAN, .value = value };
	return 0;
}
EXPORT_SYMBOL_GPL(konoha_return_boolean);

/**
 * konoha_return_string() - gives a String
 * @ctx: the call
 * @text: copied; what is not UTF-8 in it becomes U+FFFD
 * @len: its bytes, at most KONOHA_TEXT_MAX
 *
 * Return: 0, or -EMSGSIZE if it is too long; for the method to return.
 */
int konoha_return_string(struct konoha_ctx *ctx, const char *text, size_t len)
{
	if (len > KONOHA_TEXT_MAX)
		return konoha_throw(ctx, EMSGSIZE, "%s gives a text of %zu bytes; %u is the most",
				    ctx->method->name, len, KONOHA_TEXT_MAX);
	/* The message of an exception is in the same place. */
	if (ctx->error)
		return ctx->error;
	memmove(ctx->text, text, len);
	ctx->result = (struct konoha_value){ .kind = KONOHA_KIND_STRING, .len = len };
	return 0;
}
EXPORT_SYMBOL_GPL(konoha_return_string);

/**
 * konoha_return_null() - gives null, or nothing
 * @ctx: the call
 *
 * Return: 0, for the method to return.
 */
int konoha_return_null(struct konoha_ctx *ctx)
{
	ctx->result = (struct konoha_value){ .kind = KONOHA_KIND_NULL };
	return 0;
}
EXPORT_SYMBOL_GPL(konoha_return_null);

static struct konoha_bound *bound_of(struct konoha_ctx *ctx, const struct konoha_class *class)
{
	u32 i;

	for (i = 0; i < ctx->calls->class_count; i++)
		if (ctx->calls->classes[i]->class == class)
			return ctx->calls->classes[i];
	return NULL;
}

static int hold(struct konoha_ctx *ctx, struct konoha_bound *bound, void *object)
{
	struct konoha_calls *calls = ctx->calls;
	struct konoha_handle *handle;
	u32 id;
	int error;

	if (calls->handle_count >= KONOHA_HANDLES_MAX)
		return konoha_throw(ctx, EMFILE, "%s: the script holds %u objects of the host",
				    ctx->method->name, KONOHA_HANDLES_MAX);
	handle = kzalloc(sizeof(*handle), GFP_KERNEL_ACCOUNT);
	if (!handle)
		return -ENOMEM;
	handle->bound = bound;
	handle->object = object;
	error = xa_alloc_cyclic(&calls->handles, &id, handle, XA_LIMIT(1, S32_MAX), &calls->next,
				GFP_KERNEL_ACCOUNT);
	if (error < 0) {
		kfree(handle);
		return error;
	}
	calls->handle_count++;
	ctx->result = (struct konoha_value){ .kind = KONOHA_KIND_HANDLE, .value = id };
	return 0;
}

/**
 * konoha_return_handle() - gives an object; also how a constructor ends
 * @ctx: the call
 * @class: its class
 * @object: the C object, not NULL. It belongs to the script from now on: the class'
 *          free function is called for it, also if this function fails
 *
 * Return: 0, or a negative errno; for the method to return.
 */
int konoha_return_handle(struct konoha_ctx *ctx, const struct konoha_class *class, void *object)
{
	struct konoha_bound *bound = bound_of(ctx, class);
	int error = -EINVAL;

	/* An accessor failed, or a handle was given before: this one would be lost. */
	if (ctx->error)
		error = ctx->error;
	else if (bound && object && ctx->result.kind != KONOHA_KIND_HANDLE)
		error = hold(ctx, bound, object);
	if (error) {
		konoha_throw(ctx, -error, "%s could not give its object, errno %d",
			     ctx->method->name, -error);
		if (object && class->free)
			class->free(object);
	}
	return error;
}
EXPORT_SYMBOL_GPL(konoha_return_handle);
