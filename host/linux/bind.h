/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * Bound classes: what is registered (bind.c), and what one script has of it
 * (bind-call.c, bind-value.c).
 *
 *   konoha_bound     a registered class: a copy of what its module gave.
 *                    Referenced by the list, by loads and by engines.
 *   konoha_bindings  the classes that one load may use; holds a reference on
 *                    each and on its module for as long as the load lasts.
 *   konoha_calls     what the image of one engine really uses, its handles, and
 *                    the references that last until the engine is freed.
 */
#ifndef KONOHA_BIND_H
#define KONOHA_BIND_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/types.h>
#include <linux/xarray.h>

#include "include/konoha.h"

#define KONOHA_ARGS_MAX 15
#define KONOHA_HANDLES_MAX 16384

struct konoha_buffer;
struct konoha_engine;
struct konoha_bound;

struct konoha_bound_method {
	struct konoha_bound *bound;
	char *name;		/* Class.method */
	char *signature;	/* docs/abi.md */
	bool is_static;
	int (*call)(struct konoha_ctx *ctx);
};

/**
 * struct konoha_bound - a registered class
 * @ref: references
 * @link: in the list of bind.c, under its lock
 * @class: its address tells the types of handles apart
 * @owner: its module
 * @free: as in struct konoha_class
 * @users: engines that use it
 * @name: its name
 * @text: its declaration
 * @count: of @methods
 */
struct konoha_bound {
	struct kref ref;
	struct list_head link;
	const struct konoha_class *class;
	struct module *owner;
	void (*free)(void *object);
	atomic_t users;
	char *name;
	char *text;
	unsigned int count;
	struct konoha_bound_method methods[];
};

struct konoha_bindings {
	unsigned int count;
	struct konoha_bound *classes[];
};

/* The record of a value that crosses (docs/abi.md). */
enum konoha_kind {
	KONOHA_KIND_NULL,
	KONOHA_KIND_INT,
	KONOHA_KIND_BOOLEAN,
	KONOHA_KIND_STRING,
	KONOHA_KIND_HANDLE,
};

struct konoha_value {
	u32 kind;
	u32 len;
	u64 value;
};

static_assert(sizeof(struct konoha_value) == 16);

/* A C object that a script holds. Freed ones stay until the script lets go. */
struct konoha_handle {
	struct konoha_bound *bound;
	void *object;			/* NULL: freed */
	struct list_head link;		/* in konoha_calls.dropped */
};

/**
 * struct konoha_calls - what a script uses of bound classes; under the isolate's lock
 * @method_count: of @methods
 * @method_room: allocated at @methods
 * @methods: by the number that host_bind() gave
 * @class_count: of @classes
 * @classes: each once, with a reference on it and on its module
 * @handles: struct konoha_handle by number; numbers go round, so that a number
 *           does not come back soon
 * @next: the number to go on from
 * @handle_count: in @handles
 * @dropped: handles that nobody holds, to be freed when the stack allows it
 */
struct konoha_calls {
	u32 method_count;
	u32 method_room;
	const struct konoha_bound_method **methods;
	u32 class_count;
	struct konoha_bound **classes;
	struct xarray handles;
	u32 next;
	u32 handle_count;
	struct list_head dropped;
};

/**
 * struct konoha_ctx - one call of a bound method
 * @calls: of the engine that calls
 * @engine: the engine
 * @method: what is called
 * @count: of @args
 * @args: copies of the engine's records, the object first where there is one
 * @result: what the method gives
 * @error: negative errno of the first accessor that failed, or of konoha_throw()
 * @text: KONOHA_TEXT_MAX bytes inside the engine's memory, for the result or the message
 * @text_len: bytes of the message
 */
struct konoha_ctx {
	struct konoha_calls *calls;
	struct konoha_engine *engine;
	const struct konoha_bound_method *method;
	u32 count;
	struct konoha_value args[KONOHA_ARGS_MAX];
	struct konoha_value result;
	int error;
	char *text;
	u32 text_len;
};

/* bind.c */
struct konoha_bindings *konoha_bindings_take(void);
void konoha_bindings_put(struct konoha_bindings *bindings);
void konoha_bound_get(struct konoha_bound *bound);
void konoha_bound_put(struct konoha_bound *bound);
int konoha_bindings_list(struct konoha_buffer *text);

/* bind-call.c */
void konoha_calls_free(struct konoha_calls *calls);
void konoha_handle_free(struct konoha_handle *handle);

/* compile.c */
int konoha_check_declarations(const struct konoha_bindings *before, const char *text,
			      struct konoha_buffer *methods, struct konoha_buffer *result);

#endif
