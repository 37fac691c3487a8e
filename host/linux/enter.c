// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * konoha_enter(): the single door through which the kernel calls a script.
 *
 * State check, lock, fuel, accounting and the error log are here and nowhere
 * else. User memory is touched under the lock with page faults disabled only:
 * an access then ends at once where it would sleep or wait for the owner of the
 * memory, so nobody else is kept waiting and no lock of the memory's is taken
 * under the isolate's. Where that fails, input is copied to a kernel buffer
 * before the lock is taken, and output from one after it is released.
 */
#include <linux/cred.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/sched.h>

#include "internal.h"

static const char *const handler_names[KONOHA_HANDLERS] = {
	"open", "read", "write", "close", "poll", "seek", "ioctl",
};

/* A call on its way: the engine may hand it back several times while it waits. */
struct run {
	struct konoha_call *call;
	struct konoha_isolate *isolate;
	struct konoha_engine *engine;
	struct konoha_activation *activation;
	const struct konoha_direct *direct;	/* how its handler was called without the engine */
	struct konoha_direct_run *left;	/* and how that ended */
	u64 fuel;	/* what is left, after the run */
	u32 status;	/* enum konoha_status */
	int reason;	/* enum konoha_reason of its last wait, or an errno */
	bool limited;	/* its last wait had a time limit */
	bool evaluated;	/* its last wait was for an evaluation */
	bool failed;	/* an exception left the handler that is the script's fault */
	bool ended;	/* the host ended it while it waited: no error of the script */
};

/* How many activations are kept for the next calls. */
#define IDLE_MAX 4

static int take_result(struct run *run)
{
	struct konoha_call *call = run->call;
	const struct konoha_io *io = run->activation->io;
	s64 most = call->handler == KONOHA_WRITE ? call->in_len :
		   call->handler == KONOHA_SEEK ? S64_MAX : S32_MAX;

	call->result = READ_ONCE(io->result);
	if (call->handler == KONOHA_OPEN) {
		call->file->session = READ_ONCE(io->session);
		if (call->file->session)
			run->isolate->has_close = true;
	} else if (call->handler >= KONOHA_POLL || call->handler == KONOHA_WRITE) {
		if (call->result < 0 || call->result > most)
			return -EIO;
	}
	if (!call->out)
		return 0;
	return konoha_take_output(run->engine, READ_ONCE(io->out_ptr), READ_ONCE(io->out_len),
				  call);
}

/*
 * What was thrown because the host ended a wait is an answer, not an error of
 * the script, if it is what comes out.
 */
static int take_outcome(struct run *run)
{
	struct konoha_engine *engine = run->engine;
	u32 act = run->activation->act;

	if (run->reason > KONOHA_TIME_OVER && !run->evaluated &&
	    w2c_vm_exc_errno(&engine->vm, act) == run->reason) {
		run->ended = true;
		if (run->reason != KONOHA_INTERRUPTED)
			return -run->reason;
		if (!konoha_is_live(run->isolate))
			return -ENODEV;
		return run->limited ? -EINTR : -ERESTARTSYS;
	}
	run->failed = !w2c_vm_exc_answer(&engine->vm, act);
	return konoha_take_exception(engine, act, handler_names[run->call->handler], NULL);
}

/* Inside wasm_rt_run(), after the engine gave a status. */
static int finish(struct run *run, u32 status)
{
	struct konoha_engine *engine = run->engine;
	struct konoha_activation *activation = run->activation;
	int error;

	run->status = status;
	if (status == KONOHA_WAITING || status == KONOHA_EVALUATES || status == KONOHA_WANTS_NATIVE)
		return 0;
	if (likely(status == KONOHA_NORMAL))
		error = take_result(run);
	else if (status == KONOHA_KILLED)
		error = -EINTR;
	else
		error = take_outcome(run);
	run->fuel = w2c_vm_act_fuel(&engine->vm, activation->act);
	w2c_vm_op_end(&engine->vm, activation->act);
	if (unlikely(engine->idle_count >= IDLE_MAX) && activation != &engine->main) {
		w2c_vm_act_free(&engine->vm, activation->act);
		activation->act = 0;
	}
	return error;
}

/* False: the engine has no room, an exception is pending; or @call->missed. */
static bool put_input(struct run *run)
{
	struct konoha_engine *engine = run->engine;
	struct konoha_call *call = run->call;
	u32 at = w2c_vm_op_input(&engine->vm, run->activation->act, call->in_len);
	void *to = wasm_rt_range(&engine->vm.w2c_memory, at, call->in_len);

	if (!at || !to)
		return false;
	return konoha_take_input(to, call);
}

/* The number of the method that answers an ioctl; 0: none does. Inside wasm_rt_run(). */
static u32 ioctl_method(struct run *run)
{
	const struct konoha_call *call = run->call;
	struct konoha_device *device = call->device;
	struct konoha_command *command = &device->commands[call->command % KONOHA_COMMANDS];
	u32 method;

	if (command->method && command->command == call->command)
		return command->method;
	method = w2c_vm_ioctl_method(&run->engine->vm, run->activation->act, device->handle,
				     call->command);
	if (method)
		*command = (struct konoha_command){ call->command, method };
	return method;
}

static u32 method_of(const struct konoha_call *call)
{
	const struct konoha_device *device = call->device;

	return call->handler == KONOHA_IOCTL ?
	       device->commands[call->command % KONOHA_COMMANDS].method :
	       device->methods[call->handler];
}

static void fill_io(const struct run *run)
{
	const struct konoha_call *call = run->call;
	struct konoha_io *io = run->activation->io;

	io->file = call->file->id;
	io->mode = call->file->mode;
	io->flags = call->flags;
	io->nonblock = !!(call->flags & O_NONBLOCK);
	io->offset = call->offset;
	io->in_len = 0;
	io->out_len = 0;
	io->session = call->file->session;
	io->whence = call->whence;
	io->position = call->position;
	io->count = call->count;
}

/* Runs inside wasm_rt_run(): owns nothing while engine code runs. */
static int run_handler(void *arg)
{
	struct run *run = arg;
	struct konoha_call *call = run->call;
	struct konoha_engine *engine = run->engine;
	struct konoha_device *device = call->device;
	u32 method = device->methods[call->handler];
	u32 act;
	int error = konoha_activation_make(engine, run->activation);

	if (unlikely(error))
		return error;
	act = run->activation->act;
	if (call->handler == KONOHA_IOCTL) {
		method = ioctl_method(run);
		if (!method)
			return -ENOTTY;
	}
	w2c_vm_act_set_fuel(&engine->vm, act, run->fuel);
	fill_io(run);
	if (call->in_len && !put_input(run)) {
		if (!call->missed)
			return finish(run, KONOHA_EXCEPTION);
		w2c_vm_op_end(&engine->vm, act);
		return -EFAULT;
	}
	return finish(run, w2c_vm_op_call(&engine->vm, act, method, device->handle));
}

/* The same for a handler whose native code was called without the engine, and has left. */
static int left_handler(void *arg)
{
	struct run *run = arg;
	const struct konoha_direct_run *left = run->left;

	fill_io(run);
	run->activation->io->in_len = run->call->in_len;
	return finish(run, w2c_vm_op_left(&run->engine->vm, run->activation->act,
					  run->direct->index, left->frame, left->pc,
					  left->slice));
}

/* And for one that has returned what the engine is to look at. */
static int result_handler(void *arg)
{
	struct run *run = arg;

	fill_io(run);
	run->activation->io->in_len = run->call->in_len;
	return finish(run, w2c_vm_op_finish(&run->engine->vm, run->activation->act,
					    run->direct->index, run->left->slice));
}

/* And for one whose call the engine is to end. */
static int settle_handler(void *arg)
{
	struct run *run = arg;
	u32 status = w2c_vm_op_settle(&run->engine->vm, run->activation->act, run->left->slice);

	return likely(status == KONOHA_NORMAL) ? 0 : finish(run, status);
}

/* The same for a call that has waited. */
static int resume_handler(void *arg)
{
	struct run *run = arg;
	struct konoha_engine *engine = run->engine;
	u32 act = run->activation->act;

	if (run->reason >= 0)
		return finish(run, w2c_vm_op_resume(&engine->vm, act, run->reason));
	/*
	 * The call is given up, without asking the script. The load's activation
	 * is there for good: its next call drops what it waited with.
	 */
	run->status = KONOHA_KILLED;
	run->fuel = w2c_vm_act_fuel(&engine->vm, act);
	if (run->activation != &engine->main) {
		w2c_vm_act_free(&engine->vm, act);
		run->activation->act = 0;
	}
	run->ended = true;
	return run->reason;
}

static int run_engine(struct run *run, int (*body)(void *arg))
{
	struct konoha_isolate *isolate = run->isolate;
	u64 start = 0;
	int error;

	run->status = KONOHA_NORMAL;
	if (unlikely(READ_ONCE(konoha_timing)))
		start = ktime_get_ns();
	error = wasm_rt_run(&run->engine->env, body, run);
	if (unlikely(start))
		isolate->stats.ns += ktime_get_ns() - start;
	if (unlikely(run->engine->env.trap)) {
		konoha_fault(isolate, handler_names[run->call->handler]);
		run->status = KONOHA_NORMAL;
	}
	if (unlikely(run->engine->line_len))
		konoha_flush_line(run->engine);
	return error;
}

/* What follows a handler that was called without the engine, but does not end without it. */
static int finish_direct(struct run *run, enum konoha_direct_status status)
{
	int error;

	if (unlikely(run->left->ran && run->engine->env.trap)) {
		konoha_fault(run->isolate, handler_names[run->call->handler]);
		return -EIO;
	}
	switch (status) {
	case KONOHA_DIRECT_SETTLES:
		run->fuel = run->left->fuel;
		error = run_engine(run, settle_handler);
		return error ? error : run->left->error;
	case KONOHA_DIRECT_RESULT:
		return run_engine(run, result_handler);
	case KONOHA_DIRECT_LEFT:
		return run_engine(run, left_handler);
	default:
		return run_engine(run, run_handler);
	}
}

/* The next call of the handler may go without the engine. */
static void make_direct(struct run *run)
{
	struct konoha_engine *engine = run->engine;
	struct konoha_direct *direct = konoha_direct_of(run->call);

	if (!direct || !run->activation->act)
		return;
	konoha_direct_make(engine, direct, run->activation->act, method_of(run->call));
	if (unlikely(engine->env.trap))
		konoha_fault(run->isolate, handler_names[run->call->handler]);
}

/* Why a waiting call goes on; the isolate's lock is given back meanwhile if it sleeps. */
static int wait_for_reason(struct run *run)
{
	const struct konoha_call *call = run->call;

	if (call->nonblock || (call->flags & O_NONBLOCK))
		return KONOHA_WOULD_WAIT;
	run->limited = READ_ONCE(run->activation->io->wait_until) >= 0;
	return konoha_suspend(run->isolate, run->activation, call->waits);
}

static int reason_to_go_on(struct run *run)
{
	switch (run->status) {
	case KONOHA_EVALUATES:
		return konoha_evaluate(run->isolate, run->activation);
	case KONOHA_WANTS_NATIVE:
		konoha_native_make(run->isolate);
		return KONOHA_WOKEN;
	default:
		return wait_for_reason(run);
	}
}

static void account(struct konoha_isolate *isolate, u64 fuel, bool failed)
{
	isolate->stats.calls++;
	isolate->stats.fuel += fuel;
	isolate->stats.errors += failed;
}

/* The call of a handler which the engine has to do with; @status: how far it has got without. */
static noinline int call_engine(struct konoha_isolate *isolate, struct konoha_call *call, u64 fuel,
				const struct konoha_direct *direct,
				enum konoha_direct_status status,
				struct konoha_direct_run *left)
{
	struct konoha_engine *engine = isolate->engine;
	struct run run = {
		.call = call, .isolate = isolate, .engine = engine, .direct = direct, .left = left,
		.fuel = fuel,
	};
	int error;

	/* A close handler never waits, and must run when there is no memory left. */
	run.activation = call->handler == KONOHA_CLOSE ? &engine->main :
			 konoha_activation_get(engine);
	if (unlikely(!run.activation))
		return -ENOMEM;

	error = finish_direct(&run, status);
	while (unlikely(run.status >= KONOHA_WAITING)) {
		run.evaluated = run.status == KONOHA_EVALUATES;
		run.reason = reason_to_go_on(&run);
		if (isolate->faulted) {
			error = -EIO;
			break;
		}
		/* It was declared so by others, while this call waited. */
		if (isolate->quarantined)
			run.reason = -EIO;
		error = run_engine(&run, resume_handler);
	}

	if (unlikely(engine->native) && status == KONOHA_DIRECT_REFUSED && !error)
		make_direct(&run);
	if (run.activation != &engine->main)
		konoha_activation_put(engine, run.activation);
	if (unlikely(call->missed))
		return error;
	account(isolate, fuel - run.fuel, error && !run.ended);
	konoha_judge(isolate, run.failed);
	return error;
}

static int call_locked(struct konoha_isolate *isolate, struct konoha_call *call, u64 fuel)
{
	struct konoha_engine *engine = isolate->engine;
	const struct konoha_activation *activation = call->handler == KONOHA_CLOSE ?
						      &engine->main : engine->spare;
	enum konoha_direct_status status = KONOHA_DIRECT_REFUSED;
	const struct konoha_direct *direct = NULL;
	struct konoha_direct_run run;
	u64 start = 0;

	if (unlikely(isolate->faulted || isolate->quarantined))
		return -EIO;
	if (unlikely(call->device->gone))
		return -ENODEV;
	run.ran = false;
	if (engine->native && activation)
		direct = konoha_direct_find(engine, activation->act, call);
	if (direct) {
		if (unlikely(READ_ONCE(konoha_timing)))
			start = ktime_get_ns();
		status = konoha_direct_run(engine, direct, call, fuel, &run);
		if (unlikely(start))
			isolate->stats.ns += ktime_get_ns() - start;
		if (likely(status == KONOHA_DIRECT_OVER)) {
			account(isolate, fuel - run.fuel, run.error);
			isolate->failures = 0;
			return run.error;
		}
		if (status == KONOHA_DIRECT_MISSED)
			return -EFAULT;
	}
	return call_engine(isolate, call, fuel, direct, status, &run);
}

struct session {
	struct konoha_engine *engine;
	u32 session;
};

static int drop_session(void *arg)
{
	struct session *session = arg;

	w2c_vm_session_drop(&session->engine->vm, session->engine->main.act, session->session);
	return 0;
}

static void close_locked(struct konoha_isolate *isolate, struct konoha_file *file)
{
	struct session session = { .engine = isolate->engine, .session = file->session };
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_CLOSE,
		.flags = file->flags,
		.nonblock = true,
	};

	if (file->device->methods[KONOHA_CLOSE]) {
		isolate->engine->killable = false;
		call_locked(isolate, &call, READ_ONCE(konoha_close_fuel));
		isolate->engine->killable = true;
	}
	if (session.session && !isolate->faulted &&
	    wasm_rt_run(&session.engine->env, drop_session, &session))
		konoha_fault(isolate, "close");
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
 * for a bounded time. A handler may wait for longer, unless the call forbids
 * it; a signal then ends it with -ERESTARTSYS.
 *
 * Return: 0, with @call->result and @call->out; the negative errno of the
 * exception that left the handler; -ENODEV after unload, -EIO after an engine
 * fault and in quarantine, -EINTR killed, -ENOTTY no such ioctl, -EDEADLK
 * called from inside the same script. With @call->missed it is not to be looked
 * at: the call is to be made again with its input in a buffer.
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
 * konoha_enter_close() - the last close of a file that is the engine's business
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
