// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Activations: what the engine keeps of a call, and calls that wait.
 *
 * A call waits by returning from the engine (KONOHA_WAITING): nothing of it is
 * on the native stack below the engine, and it gives the isolate's lock back
 * while it sleeps. It is woken by a notification of the object that it waits
 * on, by the end of its time, by a signal, or because its script goes.
 */
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "internal.h"

/**
 * konoha_activation_get() - an activation for a call
 * @engine: its isolate's lock is held
 *
 * Return: an idle one, or a new one that konoha_activation_make() completes;
 * NULL: no memory.
 */
struct konoha_activation *konoha_activation_get(struct konoha_engine *engine)
{
	struct konoha_activation *activation = engine->spare;

	if (likely(activation)) {
		engine->spare = NULL;
		return activation;
	}
	activation = list_first_entry_or_null(&engine->idle, struct konoha_activation, link);
	if (activation) {
		list_del(&activation->link);
		engine->idle_count--;
		return activation;
	}
	return kzalloc(sizeof(*activation), GFP_KERNEL_ACCOUNT);
}

/**
 * konoha_activation_make() - has the engine make its part; inside wasm_rt_run()
 * @engine: the engine
 * @activation: without or with the engine's part
 *
 * Return: 0, -ENOMEM no memory in the isolate, -EIO the engine's answer is absurd.
 */
int konoha_activation_make(struct konoha_engine *engine, struct konoha_activation *activation)
{
	u32 act, at;

	if (likely(activation->act))
		return 0;
	act = w2c_vm_act_new(&engine->vm);
	if (!act)
		return -ENOMEM;
	at = w2c_vm_act_io(&engine->vm, act);
	activation->io = wasm_rt_range(&engine->vm.w2c_memory, at, sizeof(*activation->io));
	if (!activation->io || !IS_ALIGNED(at, 8))
		return -EIO;
	activation->act = act;
	return 0;
}

/**
 * konoha_activation_put() - gives an activation back after a call
 * @engine: its isolate's lock is held
 * @activation: idle; without the engine's part it is freed
 */
void konoha_activation_put(struct konoha_engine *engine, struct konoha_activation *activation)
{
	if (likely(activation->act && !engine->spare)) {
		engine->spare = activation;
	} else if (activation->act) {
		list_add(&activation->link, &engine->idle);
		engine->idle_count++;
	} else {
		kfree(activation);
	}
}

/**
 * konoha_activations_free() - frees the idle activations of an engine that goes
 * @engine: no call is suspended; its memory goes as a whole
 */
void konoha_activations_free(struct konoha_engine *engine)
{
	struct konoha_activation *activation, *next;

	list_for_each_entry_safe(activation, next, &engine->idle, link)
		kfree(activation);
	kfree(engine->spare);
}

static int sleep_until_woken(struct konoha_waiter *waiter, s64 until)
{
	for (;;) {
		long timeout = MAX_SCHEDULE_TIMEOUT;
		long ret;

		if (until >= 0) {
			s64 now = ktime_get_ns();

			if (now >= until)
				return KONOHA_TIME_OVER;
			timeout = min_t(u64, nsecs_to_jiffies64(until - now) + 1,
					MAX_SCHEDULE_TIMEOUT - 1);
		}
		ret = wait_for_completion_interruptible_timeout(&waiter->woken, timeout);
		if (ret > 0)
			return KONOHA_WOKEN;
		if (ret < 0)
			return fatal_signal_pending(current) ? -EINTR : KONOHA_INTERRUPTED;
	}
}

/**
 * konoha_suspend() - sleeps until a waiting call is to go on
 * @isolate: referenced by the caller, its lock held; given back while asleep
 * @activation: of the call, which the engine has answered with KONOHA_WAITING
 * @waits: is true meanwhile, or NULL
 *
 * When it returns, the isolate may have faulted, and may be DYING; its engine
 * is there, for nobody frees it while a call is suspended.
 *
 * Return: enum konoha_reason; KONOHA_INTERRUPTED: a signal came, or the script
 * goes. -EINTR: the task is being killed.
 */
int konoha_suspend(struct konoha_isolate *isolate, const struct konoha_activation *activation,
		   bool *waits)
{
	struct konoha_waiter waiter = { .object = READ_ONCE(activation->io->wait_object) };
	s64 until = READ_ONCE(activation->io->wait_until);
	int reason;

	lockdep_assert_held(&isolate->lock);
	if (!konoha_is_live(isolate))
		return KONOHA_INTERRUPTED;
	init_completion(&waiter.woken);
	list_add_tail(&waiter.link, &isolate->waiters);
	WRITE_ONCE(isolate->suspended, isolate->suspended + 1);
	if (waits)
		WRITE_ONCE(*waits, true);
	konoha_leave(isolate);

	reason = sleep_until_woken(&waiter, until);

	/* Whoever is inside is there for a bounded time, and the call must be ended there. */
	mutex_lock(&isolate->lock);
	WRITE_ONCE(isolate->owner, current);
	list_del(&waiter.link);
	if (waits)
		WRITE_ONCE(*waits, false);
	WRITE_ONCE(isolate->suspended, isolate->suspended - 1);
	if (!isolate->suspended)
		wake_up_all(&isolate->drained);
	if (reason >= 0 && !konoha_is_live(isolate))
		reason = KONOHA_INTERRUPTED;
	return reason;
}

/**
 * konoha_sleep() - waits on behalf of a script that is being loaded
 * @io: of its activation
 *
 * Nobody else can be inside, so nothing can notify: only time ends the wait.
 *
 * Return: as konoha_suspend(); KONOHA_DEADLOCK: without a time it would never end.
 */
int konoha_sleep(const struct konoha_io *io)
{
	struct konoha_waiter waiter = {};
	s64 until = READ_ONCE(io->wait_until);

	if (until < 0)
		return KONOHA_DEADLOCK;
	init_completion(&waiter.woken);
	return sleep_until_woken(&waiter, until);
}

/**
 * konoha_notify() - wakes the calls that wait on an object, and those who poll
 * @isolate: its lock is held
 * @object: the engine's number
 */
void konoha_notify(struct konoha_isolate *isolate, u32 object)
{
	struct konoha_waiter *waiter;

	lockdep_assert_held(&isolate->lock);
	list_for_each_entry(waiter, &isolate->waiters, link)
		if (waiter->object == object)
			complete(&waiter->woken);
	if (wq_has_sleeper(&isolate->pollers))
		wake_up_all(&isolate->pollers);
}

/**
 * konoha_wake_all() - wakes every suspended call and all who poll
 * @isolate: DYING or faulted, its lock held
 */
void konoha_wake_all(struct konoha_isolate *isolate)
{
	struct konoha_waiter *waiter;

	lockdep_assert_held(&isolate->lock);
	list_for_each_entry(waiter, &isolate->waiters, link)
		complete(&waiter->woken);
	wake_up_all(&isolate->pollers);
}
