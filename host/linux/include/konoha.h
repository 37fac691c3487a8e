/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * C functions and structs as classes of Konoha scripts (docs/bindings.md).
 *
 * A module declares a class in Konoha, writes a C function for each of its
 * methods, and registers it:
 *
 *	METHOD(Dice, roll)
 *	{
 *		RETURN_INT(ctx, get_random_u32_below(konoha_arg_int(ctx, 1)) + 1);
 *	}
 *
 *	static const struct konoha_method dice_methods[] = {
 *		KONOHA_METHOD(Dice, roll),
 *		{}
 *	};
 *
 *	static const struct konoha_class dice_class = {
 *		.owner = THIS_MODULE,
 *		.declaration = "@Native class Dice { @Static int roll(int sides); }",
 *		.methods = dice_methods,
 *	};
 *
 * A method runs in the task that called the script, with the script's lock held.
 * It may sleep, and finds 8 KiB of kernel stack. It must not call Konoha but
 * through the functions below, nor touch user memory, nor keep @ctx or a text.
 * Argument 0 is the object; parameters count from 1, also in static methods.
 *
 * No accessor fails in a way that the method must handle: an argument of another
 * type reads as 0, false or NULL, and whatever the method returns then, the
 * script gets an exception.
 */
#ifndef KONOHA_H
#define KONOHA_H

#include <linux/compiler.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct module;
struct konoha_class;

/* One call of a method: its arguments and its result. */
struct konoha_ctx;

/* Longest text that a method can give, and longest message of an exception, bytes. */
#define KONOHA_TEXT_MAX 4096

/**
 * struct konoha_method - the C function behind a declared method
 * @name: as declared; a constructor is called "new"
 * @call: returns what RETURN_… or konoha_throw() return: 0 or a negative errno
 */
struct konoha_method {
	const char *name;
	int (*call)(struct konoha_ctx *ctx);
};

/**
 * struct konoha_class - a class that scripts can use
 * @owner: THIS_MODULE; cannot be removed while a script that uses the class is loaded
 * @declaration: the class in Konoha: "@Native class NAME { … }", methods
 *               without bodies. It may name the other classes of @owner that
 *               are registered already
 * @methods: one for each declared method, ended by an empty entry
 * @free: frees the C object of one of its Konoha objects; called once for each,
 *        may sleep. NULL if the class has no objects
 *
 * Its address is also the type of handles: see konoha_arg_handle().
 */
struct konoha_class {
	struct module *owner;
	const char *declaration;
	const struct konoha_method *methods;
	void (*free)(void *object);
};

/* Begins the function of a method. */
#define METHOD(class, name) static int class##_##name(struct konoha_ctx *ctx)
/* Its entry in the table of methods. */
#define KONOHA_METHOD(class, method) { .name = #method, .call = class##_##method }

int konoha_register_class(const struct konoha_class *class);
void konoha_unregister_class(const struct konoha_class *class);

s64 konoha_arg_int(struct konoha_ctx *ctx, unsigned int n);
bool konoha_arg_boolean(struct konoha_ctx *ctx, unsigned int n);
const char *konoha_arg_string(struct konoha_ctx *ctx, unsigned int n, size_t *len);
void *konoha_arg_handle(struct konoha_ctx *ctx, unsigned int n, const struct konoha_class *class);
bool konoha_arg_is_null(struct konoha_ctx *ctx, unsigned int n);
void konoha_arg_free(struct konoha_ctx *ctx, unsigned int n);

int konoha_return_int(struct konoha_ctx *ctx, s64 value);
int konoha_return_boolean(struct konoha_ctx *ctx, bool value);
int konoha_return_string(struct konoha_ctx *ctx, const char *text, size_t len);
int konoha_return_handle(struct konoha_ctx *ctx, const struct konoha_class *class, void *object);
int konoha_return_null(struct konoha_ctx *ctx);
__printf(3, 4) int konoha_throw(struct konoha_ctx *ctx, int error, const char *format, ...);

/**
 * konoha_this() - the C object of the object whose method this is
 * @ctx: the call
 * @class: its class
 *
 * Return: the object, or NULL if it was freed: return at once then.
 */
static inline void *konoha_this(struct konoha_ctx *ctx, const struct konoha_class *class)
{
	return konoha_arg_handle(ctx, 0, class);
}

/* Each ends the method. */
#define RETURN_VOID(ctx)			return konoha_return_null(ctx)
#define RETURN_NULL(ctx)			return konoha_return_null(ctx)
#define RETURN_INT(ctx, value)			return konoha_return_int(ctx, value)
#define RETURN_BOOLEAN(ctx, value)		return konoha_return_boolean(ctx, value)
#define RETURN_STRING(ctx, text, len)		return konoha_return_string(ctx, text, len)
#define RETURN_HANDLE(ctx, class, object)	return konoha_return_handle(ctx, class, object)

#endif
