// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * A load: compile, verify, run the top level, publish. All of it or nothing.
 */
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "bind.h"
#include "internal.h"

/* The image may take half of a memory whose size the script did not choose. */
static u64 memory_size(const struct konoha_program *program)
{
	u64 most = roundup_pow_of_two(max_t(u64, READ_ONCE(konoha_max_heap), KONOHA_MEMORY_MIN));
	u64 size = program->heap ?: READ_ONCE(konoha_heap);

	if (!program->heap)
		size = max_t(u64, size, 2 * program->image.len);
	size = roundup_pow_of_two(clamp_t(u64, size, KONOHA_MEMORY_MIN, most));
	return min(size, most);
}

static void describe_failure(struct konoha_buffer *result, int error, const char *name, u32 len)
{
	switch (error) {
	case -EEXIST:
		konoha_buffer_printf(result,
				     "error: a script named %.*s is loaded; unload it (echo %.*s > /proc/konoha/unload) or write to /dev/konoha-replace\n",
				     len, name, len, name);
		break;
	case -ENOSPC:
		konoha_buffer_printf(result,
				     "error: %u scripts are loaded; unload one or raise the module parameter max_scripts\n",
				     READ_ONCE(konoha_max_scripts));
		break;
	case -ENOENT:
		konoha_buffer_printf(result,
				     "error: no script named %.*s is loaded to be replaced; write to /dev/konoha\n",
				     len, name);
		break;
	case -ENOMEM:
		konoha_buffer_printf(result, "error: out of memory while loading\n");
		break;
	case -EINTR:
		konoha_buffer_printf(result, "error: the load was interrupted by a signal\n");
		break;
	default:
		konoha_buffer_printf(result, "error: load failed (errno %d)\n", -error);
		break;
	}
}

/* Publishes a booted isolate, its lock held; on success it is LIVE. */
static int publish(struct konoha_isolate *isolate, struct konoha_buffer *result)
{
	struct konoha_isolate *replaced = isolate->replaces;
	int error;

	if (replaced) {
		if (!konoha_registry_advance(replaced, KONOHA_LIVE, KONOHA_DYING)) {
			konoha_buffer_printf(result, "error: %s was unloaded meanwhile\n",
					     replaced->name);
			return -ENOENT;
		}
		error = konoha_isolate_stop(replaced, true);
		if (error) {
			konoha_registry_advance(replaced, KONOHA_DYING, KONOHA_LIVE);
			return error;
		}
	}
	konoha_registry_advance(isolate, KONOHA_LOADING, KONOHA_LIVE);
	error = konoha_devices_publish(isolate, result);
	if (error) {
		if (replaced)
			konoha_isolate_resume(replaced);
		return error;
	}
	if (replaced) {
		konoha_devices_take_over(isolate, replaced);
		konoha_isolate_destroy(replaced);
	}
	return 0;
}

static void describe_success(struct konoha_isolate *isolate, struct konoha_buffer *result)
{
	struct konoha_resource *resource;

	konoha_buffer_printf(result, "ok %s", isolate->name);
	mutex_lock(&konoha_registry_lock);
	list_for_each_entry(resource, &isolate->resources, link)
		konoha_buffer_printf(result, " %s", konoha_device_of(resource)->name);
	mutex_unlock(&konoha_registry_lock);
	konoha_buffer_append(result, "\n", 1);
}

static int load_program(const struct konoha_program *program, const u8 *source, size_t len,
			struct konoha_isolate *replaced, struct konoha_buffer *result)
{
	struct konoha_isolate *isolate;
	bool discard;
	int error;

	isolate = konoha_isolate_create(memory_size(program), program->fuel ?:
					READ_ONCE(konoha_op_fuel));
	if (!isolate)
		return -ENOMEM;
	isolate->replaces = replaced;
	konoha_isolate_sign(isolate, source, len);
	error = konoha_registry_add(isolate, program->name, program->name_len);
	if (error) {
		konoha_isolate_put(isolate);
		return error;
	}
	error = konoha_lock(isolate);
	if (error)
		goto discard;
	isolate->engine->bindings = program->bindings;
	error = konoha_isolate_boot(isolate, program->image.data, program->image.len, result);
	isolate->engine->bindings = NULL;
	if (isolate->has_gone)
		konoha_devices_sweep(isolate);
	if (!error)
		error = publish(isolate, result);
	isolate->replaces = NULL;
	/*
	 * Once it was LIVE, an unload may have condemned it already: then it is
	 * not ours to destroy. A script without resources has run, that was all.
	 */
	if (error) {
		discard = konoha_registry_advance(isolate, KONOHA_LOADING, KONOHA_DYING) ||
			  konoha_registry_advance(isolate, KONOHA_LIVE, KONOHA_DYING);
	} else {
		describe_success(isolate, result);
		discard = list_empty(&isolate->resources) &&
			  konoha_registry_advance(isolate, KONOHA_LIVE, KONOHA_DYING);
	}
	konoha_leave(isolate);
	if (!discard)
		goto put;

discard:
	konoha_isolate_stop(isolate, false);
	konoha_isolate_destroy(isolate);
put:
	konoha_isolate_put(isolate);
	return error;
}

static int compile_and_load(const u8 *source, size_t len, bool replace,
			    struct konoha_buffer *result)
{
	struct konoha_program program = {};
	struct konoha_isolate *replaced = NULL;
	int error = konoha_test_image(source, len, &program);

	if (error == -ENOENT)
		error = konoha_compile(source, len, &program, result);
	if (error)
		goto describe;
	if (replace && !program.name_len) {
		konoha_buffer_printf(result, "error: a script without @Name replaces none\n");
		error = -EINVAL;
		goto describe;
	}
	if (replace) {
		replaced = konoha_registry_find(program.name, program.name_len);
		error = -ENOENT;
		if (!replaced)
			goto describe;
	}
	error = load_program(&program, source, len, replaced, result);
	if (replaced)
		konoha_isolate_put(replaced);

describe:
	if (error && !result->len)
		describe_failure(result, error, program.name, program.name_len);
	konoha_buffer_free(&program.image);
	konoha_bindings_put(program.bindings);
	return error;
}

/**
 * konoha_load() - makes a script live
 * @source: its text, UTF-8 without NUL
 * @len: its bytes, at most KONOHA_SOURCE_MAX
 * @replace: a script of the same @Name is loaded and goes once this one is ready
 * @result: empty; gets "ok NAME DEVICE...", or the reasons. Becomes
 *          /proc/konoha/status as well
 *
 * Any number of loads may run at once. A fatal signal ends one.
 *
 * Return: 0 or a negative errno (docs/abi.md).
 */
int konoha_load(const u8 *source, size_t len, bool replace, struct konoha_buffer *result)
{
	int error = compile_and_load(source, len, replace, result);
	const u8 *end;

	konoha_status_set(result);
	end = result->data ? memchr(result->data, '\n', result->len) : NULL;
	if (end)
		konoha_log_line("load", result->data, end - result->data);
	return error;
}
