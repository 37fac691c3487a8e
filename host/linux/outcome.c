// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What comes of a call besides its result: lines that it printed, an exception
 * that left it, a fault of the engine, quarantine.
 */
#include <linux/minmax.h>

#include "internal.h"

/* The largest errno of include/uapi: a script cannot return the kernel's internal ones. */
#define ERRNO_MAX 133

/* What is kept of the output of an entry, beside the log. */
#define SHELL_OUTPUT_MAX (64 * 1024)

/**
 * konoha_end_line() - hands the line printed so far to the log, empty or not
 * @engine: the engine that printed it
 */
void konoha_end_line(struct konoha_engine *engine)
{
	u32 len = engine->line_len;

	engine->line_len = 0;
	if (unlikely(engine->shell) && engine->shell->len < SHELL_OUTPUT_MAX) {
		konoha_buffer_append(engine->shell, engine->line, len);
		konoha_buffer_append(engine->shell, "\n", 1);
	}
	konoha_log_script(engine->isolate, 6, engine->line, len);
}

/**
 * konoha_flush_line() - ends a line of output that has no line feed yet
 * @engine: the engine that printed it
 */
void konoha_flush_line(struct konoha_engine *engine)
{
	if (engine->line_len)
		konoha_end_line(engine);
}

/**
 * konoha_take_exception() - logs the pending exception; inside wasm_rt_run()
 * @engine: the engine
 * @act: the activation's number
 * @where: the handler's name
 * @result: gets the rendered text too, or NULL
 *
 * Return: the negative errno it stands for.
 */
int konoha_take_exception(struct konoha_engine *engine, u32 act, const char *where,
			  struct konoha_buffer *result)
{
	u32 code = w2c_vm_exc_errno(&engine->vm, act);
	u32 text = w2c_vm_exc_render(&engine->vm, act);
	u32 len = w2c_vm_exc_render_len(&engine->vm, act);
	const char *bytes;

	len = min(len, 4096u);
	bytes = wasm_rt_range(&engine->vm.w2c_memory, text, len);
	if (!bytes) {
		bytes = "exception without text";
		len = strlen(bytes);
	}
	konoha_log_exception(engine->isolate, where, bytes, len);
	if (result) {
		konoha_buffer_append(result, bytes, len);
		if (!len || bytes[len - 1] != '\n')
			konoha_buffer_append(result, "\n", 1);
	}
	return code >= 1 && code <= ERRNO_MAX ? -(int)code : -EIO;
}

/**
 * konoha_fault() - the engine trapped: the isolate answers -EIO from now on
 * @isolate: the isolate, its lock held
 * @where: what it was doing
 */
void konoha_fault(struct konoha_isolate *isolate, const char *where)
{
	const char *trap = wasm_rt_trap_name(isolate->engine->env.trap);
	struct konoha_buffer text = {};

	WRITE_ONCE(isolate->faulted, true);
	konoha_wake_all(isolate);
	konoha_buffer_printf(&text, "engine fault in %s: %s; unload the script", where, trap);
	konoha_log_line(isolate->name, text.data, text.len);
	konoha_buffer_free(&text);
	pr_err("konoha: %s: engine fault in %s: %s\n", isolate->name, where, trap);
}

/**
 * konoha_judge() - counts a call's outcome
 * @isolate: the isolate, its lock held
 * @failed: an exception left the handler that is no answer to its caller
 *
 * A script that has failed too often in a row is quarantined: it is not called
 * any more, and those who wait in it are sent away.
 */
void konoha_judge(struct konoha_isolate *isolate, bool failed)
{
	u32 limit = READ_ONCE(konoha_quarantine);
	struct konoha_buffer text = {};

	if (likely(!failed)) {
		isolate->failures = 0;
		return;
	}
	isolate->failures++;
	if (!limit || isolate->failures < limit || isolate->quarantined)
		return;
	WRITE_ONCE(isolate->quarantined, true);
	konoha_wake_all(isolate);
	konoha_buffer_printf(&text,
			     "quarantined: %u calls in a row have failed; its devices answer EIO until it is replaced or unloaded",
			     isolate->failures);
	konoha_log_line(isolate->name, text.data, text.len);
	pr_warn("konoha: %s: %.*s\n", isolate->name, (int)text.len, (const char *)text.data);
	konoha_buffer_free(&text);
}
