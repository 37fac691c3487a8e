// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * What the VM imports from its host (docs/abi.md), called by translated code
 * inside wasm_rt_run(). Every value that comes from there is hostile: ranges
 * are checked before memory is touched.
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>
#include <linux/utsname.h>

#include "internal.h"

/* What a function of the kernel that may sleep finds at least on the stack. */
#define STACK_TO_SLEEP (8 * 1024)

static struct konoha_engine *engine_of(struct w2c_env *env)
{
	return container_of(env, struct konoha_engine, env);
}

static void *range_of(struct konoha_engine *engine, u32 at, u32 len)
{
	return wasm_rt_range(&engine->vm.w2c_memory, at, len);
}

/* Returns; the engine traps behind the call. Its message is AssemblyScript's UTF-16. */
void w2c_env_abort(struct w2c_env *env, u32 message, u32 file, u32 line, u32 column)
{
	pr_err_ratelimited("konoha: %s: engine assertion at line %u:%u\n",
			   engine_of(env)->isolate->name, line, column);
}

u32 w2c_env_safepoint(struct w2c_env *env, u32 act)
{
	cond_resched();
	return engine_of(env)->killable && fatal_signal_pending(current);
}

u32 w2c_env_device_register(struct w2c_env *env, u32 act, u32 device, u32 ops, u32 name,
			    u32 name_len, u32 mode)
{
	struct konoha_engine *engine = engine_of(env);
	const char *text = range_of(engine, name, name_len);
	const void *from = range_of(engine, ops, KONOHA_OPS_WORDS * sizeof(u32));
	u32 words[KONOHA_OPS_WORDS];
	int error;

	if (!engine->loading)
		return -EBUSY;
	if (!from || !text)
		return -EINVAL;
	if (wasm_rt_stack_left() < STACK_TO_SLEEP)
		return -ENOMEM;
	memcpy(words, from, sizeof(words));
	error = konoha_device_stage(engine->isolate, device, words, text, name_len, mode);
	if (error)
		engine->refused = error;
	return error;
}

u32 w2c_env_device_unregister(struct w2c_env *env, u32 act, u32 device)
{
	return konoha_device_unstage(engine_of(env)->isolate, device);
}

void w2c_env_notify(struct w2c_env *env, u32 act, u32 object)
{
	konoha_notify(engine_of(env)->isolate, object);
}

/* Output is collected to lines: what has no line feed yet waits for the call's end. */
u32 w2c_env_write(struct w2c_env *env, u32 act, u32 fd, u32 ptr, u32 len)
{
	struct konoha_engine *engine = engine_of(env);
	const char *text = range_of(engine, ptr, len);
	u32 i;

	if (!text || len > S32_MAX)
		return -EFAULT;
	for (i = 0; i < len; i++) {
		if (text[i] == '\n') {
			konoha_end_line(engine);
			continue;
		}
		if (engine->line_len == sizeof(engine->line))
			konoha_end_line(engine);
		engine->line[engine->line_len++] = text[i];
	}
	return len;
}

/* There is no console to read from. */
u32 w2c_env_read(struct w2c_env *env, u32 act, u32 fd, u32 ptr, u32 cap)
{
	return 0;
}

void w2c_env_log(struct w2c_env *env, u32 act, u32 level, u32 ptr, u32 len)
{
	struct konoha_engine *engine = engine_of(env);
	const char *text = range_of(engine, ptr, len);

	if (!text)
		return;
#ifdef KONOHA_TEST
	if (len == 19 && !memcmp(text, "konoha: test a trap", len))
		wasm_rt_trap(env, WASM_RT_TRAP_UNREACHABLE);
#endif
	konoha_flush_line(engine);
	konoha_log_script(engine->isolate, min(level, 7u), text, len);
}

u64 w2c_env_time(struct w2c_env *env, u32 act, u32 clock)
{
	return clock ? ktime_to_ms(ktime_get_real()) : ktime_get_ns();
}

/*
 * A number that stays as long as all that is said of the task does; 0: who can tell. In another
 * user namespace ids may come to mean something else.
 */
static u64 task_stamp(struct konoha_engine *engine)
{
	struct konoha_caller now = {
		.start = current->start_boottime, .pid = current->pid,
		.uid = current_uid(), .gid = current_gid(),
	};

	if (current_user_ns() != &init_user_ns)
		return 0;
	memcpy(now.comm, current->comm, sizeof(now.comm));
	if (memcmp(&now, &engine->caller, sizeof(now))) {
		engine->caller = now;
		engine->caller_stamp++;
	}
	return engine->caller_stamp;
}

u64 w2c_env_task(struct w2c_env *env, u32 act, u32 field)
{
	switch (field) {
	case 0:
		return task_pid_vnr(current);
	case 1:
		return task_tgid_vnr(current);
	case 2:
		return from_kuid_munged(current_user_ns(), current_uid());
	case 3:
		return from_kgid_munged(current_user_ns(), current_gid());
	case 4:
		return task_stamp(engine_of(env));
	default:
		return 0;
	}
}

static u32 give_text(struct w2c_env *env, u32 ptr, u32 cap, const char *text)
{
	u32 len = min_t(u32, strlen(text), cap);
	void *to = range_of(engine_of(env), ptr, len);

	if (!to)
		return 0;
	memcpy(to, text, len);
	return len;
}

u32 w2c_env_task_comm(struct w2c_env *env, u32 act, u32 ptr, u32 cap)
{
	char comm[TASK_COMM_LEN];

	/* Without the task's lock, as the kernel does itself since 6.13. */
	memcpy(comm, current->comm, sizeof(comm));
	comm[TASK_COMM_LEN - 1] = '\0';
	return give_text(env, ptr, cap, comm);
}

u32 w2c_env_version(struct w2c_env *env, u32 act, u32 ptr, u32 cap)
{
	return give_text(env, ptr, cap, init_utsname()->release);
}

/* A script in the kernel has no arguments. */
u32 w2c_env_arg(struct w2c_env *env, u32 act, u32 index, u32 ptr, u32 cap)
{
	return -1;
}
