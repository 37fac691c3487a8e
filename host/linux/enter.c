// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * konoha_enter(): the single door through which the kernel calls a script.
 *
 * State check, lock, fuel, accounting and the error log are here and nowhere
 * else. Input lies in a kernel buffer before the lock is taken and output is
 * copied to one before it is released: user memory is never touched under it.
 */
#include <linux/cred.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/sched.h>

#include "internal.h"

static const char *const handler_names[KONOHA_HANDLERS] = { "open", "read", "write", "close" };

/* The largest errno of include/uapi: a script cannot return the kernel's internal ones. */
#define ERRNO_MAX 133

/**
 * konoha_end_line() - hands the line printed so far to the log, empty or not
 * @engine: the engine that printed it
 */
void konoha_end_line(struct konoha_engine *engine)
{
	u32 len = engine->line_len;

	engine->line_len = 0;
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
 * @where: the handler's name
 * @result: gets the rendered text too, or NULL
 *
 * Return: the negative errno it stands for.
 */
int konoha_take_exception(struct konoha_engine *engine, const char *where,
			  struct konoha_buffer *result)
{
	u32 code = w2c_vm_exc_errno(&engine->vm, engine->act);
	u32 text = w2c_vm_exc_render(&engine->vm, engine->act);
	u32 len = w2c_vm_exc_render_len(&engine->vm, engine->act);
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
	konoha_buffer_printf(&text, "engine fault in %s: %s; unload the script", where, trap);
	konoha_log_line(isolate->name, text.data, text.len);
	konoha_buffer_free(&text);
	pr_err("konoha: %s: engine fault in %s: %s\n", isolate->name, where, trap);
}

struct run {
	struct konoha_call *call;
	struct konoha_engine *engine;
	u64 fuel;	/* what is left, after the run */
};

static int take_output(struct konoha_engine *engine, struct konoha_buffer *out)
{
	u32 len = READ_ONCE(engine->io->out_len);
	u8 *bytes = wasm_rt_range(&engine->vm.w2c_memory, READ_ONCE(engine->io->out_ptr), len);
	int error;

	if (!bytes || len > KONOHA_IO_MAX)
		return -EIO;
	error = konoha_buffer_reserve(out, len);
	if (error)
		return error;
	memcpy(out->data, bytes, len);
	out->len = len;
	return 0;
}

/* Runs inside wasm_rt_run(): owns nothing while engine code runs. */
static int run_handler(void *arg)
{
	struct run *run = arg;
	struct konoha_call *call = run->call;
	struct konoha_engine *engine = run->engine;
	struct konoha_device *device = call->device;
	struct konoha_io *io = engine->io;
	u32 status = KONOHA_NORMAL;
	int error = 0;

	w2c_vm_act_set_fuel(&engine->vm, engine->act, run->fuel);
	io->file = call->file->id;
	io->mode = call->file->mode;
	io->flags = call->flags;
	io->nonblock = !!(call->flags & O_NONBLOCK);
	io->offset = call->offset;
	io->in_len = 0;
	io->out_len = 0;
	if (call->in_len) {
		u32 at = w2c_vm_op_input(&engine->vm, engine->act, call->in_len);
		void *to = wasm_rt_range(&engine->vm.w2c_memory, at, call->in_len);

		if (at && to)
			memcpy(to, call->in, call->in_len);
		else
			status = KONOHA_EXCEPTION;
	}
	if (status == KONOHA_NORMAL)
		status = w2c_vm_op_call(&engine->vm, engine->act, device->methods[call->handler],
					device->handle);
	while (unlikely(status == KONOHA_WAITING))
		status = w2c_vm_op_resume(&engine->vm, engine->act, EAGAIN);
	if (likely(status == KONOHA_NORMAL)) {
		if (call->out)
			error = take_output(engine, call->out);
	} else if (status == KONOHA_KILLED) {
		error = -EINTR;
	} else {
		error = konoha_take_exception(engine, handler_names[call->handler], NULL);
	}
	run->fuel = w2c_vm_act_fuel(&engine->vm, engine->act);
	w2c_vm_op_end(&engine->vm, engine->act);
	return error;
}

static int call_locked(struct konoha_isolate *isolate, struct konoha_call *call, u64 fuel)
{
	struct konoha_engine *engine = isolate->engine;
	struct run run = { .call = call, .engine = engine, .fuel = fuel };
	u64 start = 0;
	int error;

	if (unlikely(isolate->faulted))
		return -EIO;
	if (unlikely(call->device->gone))
		return -ENODEV;
	if (unlikely(READ_ONCE(konoha_timing)))
		start = ktime_get_ns();

	error = wasm_rt_run(&engine->env, run_handler, &run);

	isolate->stats.calls++;
	isolate->stats.fuel += fuel - run.fuel;
	if (unlikely(error))
		isolate->stats.errors++;
	if (unlikely(start))
		isolate->stats.ns += ktime_get_ns() - start;
	if (unlikely(engine->env.trap))
		konoha_fault(isolate, handler_names[call->handler]);
	if (unlikely(engine->line_len))
		konoha_flush_line(engine);
	return error;
}

static void close_locked(struct konoha_isolate *isolate, struct konoha_file *file)
{
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_CLOSE,
		.flags = file->flags,
	};

	isolate->engine->killable = false;
	call_locked(isolate, &call, READ_ONCE(konoha_close_fuel));
	isolate->engine->killable = true;
}

/* Runs the close handlers that are due; without an engine they are dropped. */
static void run_closing_locked(struct konoha_isolate *isolate)
{
	struct konoha_file *file;

	for (;;) {
		spin_lock(&isolate->closing_lock);
		file = list_first_entry_or_null(&isolate->closing, struct konoha_file, closing);
		if (file)
			list_del(&file->closing);
		spin_unlock(&isolate->closing_lock);
		if (!file)
			return;
		if (isolate->engine)
			close_locked(isolate, file);
		konoha_file_free(file);
		cond_resched();
	}
}

/**
 * konoha_lock() - takes the isolate's lock
 * @isolate: the isolate, referenced by the caller
 *
 * Return: 0 or -EINTR (killed).
 */
int konoha_lock(struct konoha_isolate *isolate)
{
	if (unlikely(mutex_lock_killable(&isolate->lock)))
		return -EINTR;
	WRITE_ONCE(isolate->owner, current);
	return 0;
}

/**
 * konoha_leave() - gives the isolate's lock back, after the close handlers due
 * @isolate: the isolate, locked and referenced by the caller
 *
 * A file that is released while the lock is held only joins the list. Either
 * its releaser then gets the lock, or whoever holds it sees the list here.
 */
void konoha_leave(struct konoha_isolate *isolate)
{
	for (;;) {
		if (unlikely(isolate->has_close))
			run_closing_locked(isolate);
		if (unlikely(isolate->has_gone))
			konoha_devices_sweep(isolate);
		WRITE_ONCE(isolate->owner, NULL);
		mutex_unlock(&isolate->lock);
		if (likely(!isolate->has_close))
			return;
		/* Pairs with the barrier in konoha_enter_close(). */
		smp_mb();
		if (list_empty_careful(&isolate->closing) || !mutex_trylock(&isolate->lock))
			return;
		WRITE_ONCE(isolate->owner, current);
	}
}

/**
 * konoha_enter() - runs a handler of a script's device
 * @call: what to run; the device has such a handler
 *
 * Sleeps until the isolate is free, whatever O_NONBLOCK says: a script runs
 * for a bounded time.
 *
 * Return: 0; the negative errno of the exception that left the handler;
 * -ENODEV after unload, -EIO after an engine fault, -EINTR killed, -EDEADLK
 * called from inside the same script.
 */
int konoha_enter(struct konoha_call *call)
{
	struct konoha_isolate *isolate = call->device->isolate;
	int error = -ENODEV;

	if (unlikely(!konoha_is_live(isolate)))
		return -ENODEV;
	if (unlikely(READ_ONCE(isolate->owner) == current))
		return -EDEADLK;
	if (unlikely(konoha_lock(isolate)))
		return -EINTR;
	if (likely(konoha_is_live(isolate)))
		error = call_locked(isolate, call, isolate->op_fuel);
	konoha_leave(isolate);
	return error;
}

/**
 * konoha_enter_close() - the last close of a file whose device has a close handler
 * @file: the file; owned by this function from now on
 *
 * Never waits for the script: the handler runs now if the isolate is free,
 * else by whoever holds it, once, with fuel of its own. An exception is logged.
 */
void konoha_enter_close(struct konoha_file *file)
{
	struct konoha_isolate *isolate = file->device->isolate;

	konoha_isolate_get(isolate);
	spin_lock(&isolate->closing_lock);
	list_add_tail(&file->closing, &isolate->closing);
	spin_unlock(&isolate->closing_lock);
	/* Pairs with the barrier in konoha_leave(). */
	smp_mb();
	if (mutex_trylock(&isolate->lock)) {
		WRITE_ONCE(isolate->owner, current);
		konoha_leave(isolate);
	}
	konoha_isolate_put(isolate);
}
