// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * /dev/konoha-shell: an isolate for each open file. One write is one entry: a
 * text that is compiled in the namespace that the earlier ones have made, and
 * run; its error is the write's. What it printed, the value of its last
 * expression, diagnostics and exceptions are there to be read until the next
 * write. The isolate goes with the file.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "bind.h"
#include "internal.h"
#include "text.h"

/* An entry's text. */
#define ENTRY_MAX (64 * 1024)
/* A shell's memory, unless the parameters say more, or less at most. */
#define MEMORY_LEAST SZ_1M

/**
 * struct shell - one open file
 * @lock: guards the rest; taken before the isolate's
 * @isolate: referenced; unloading takes its engine away
 * @result: of the last entry, as far as it was not read
 */
struct shell {
	struct mutex lock;	/* guards the rest */
	struct konoha_isolate *isolate;
	struct konoha_buffer result;
};

static u64 memory_size(void)
{
	u64 most = max_t(u64, READ_ONCE(konoha_max_heap), KONOHA_MEMORY_MIN);

	return roundup_pow_of_two(min(max_t(u64, READ_ONCE(konoha_heap), MEMORY_LEAST), most));
}

/* Takes an isolate that was made for a shell out of the kernel; the reference is dropped. */
static void discard(struct konoha_isolate *isolate)
{
	if (konoha_registry_advance(isolate, KONOHA_LOADING, KONOHA_DYING) ||
	    konoha_registry_advance(isolate, KONOHA_LIVE, KONOHA_DYING)) {
		konoha_isolate_stop(isolate, false);
		konoha_isolate_destroy(isolate);
	}
	konoha_isolate_put(isolate);
}

static int start(struct shell *shell, const struct konoha_program *program)
{
	struct konoha_isolate *isolate;
	int error;

	isolate = konoha_isolate_create(memory_size(), READ_ONCE(konoha_op_fuel));
	if (!isolate)
		return -ENOMEM;
	konoha_isolate_sign(isolate, (const u8 *)"", 0);
	error = konoha_registry_add(isolate, NULL, 0);
	if (error) {
		konoha_isolate_put(isolate);
		return error;
	}
	error = konoha_lock(isolate);
	if (!error) {
		error = konoha_isolate_boot(isolate, program->image.data, program->image.len,
					    &shell->result);
		if (!error)
			konoha_registry_advance(isolate, KONOHA_LOADING, KONOHA_LIVE);
		konoha_leave(isolate);
	}
	if (error)
		discard(isolate);
	else
		shell->isolate = isolate;
	return error;
}

static int shell_open(struct inode *inode, struct file *filp)
{
	struct konoha_program program = {};
	struct shell *shell;
	int error;

	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	shell = kzalloc(sizeof(*shell), GFP_KERNEL_ACCOUNT);
	if (!shell)
		return -ENOMEM;
	mutex_init(&shell->lock);
	error = konoha_compile_more(NULL, 0, true, (const u8 *)"", 0, &program, &shell->result);
	if (!error)
		error = start(shell, &program);
	konoha_buffer_free(&program.image);
	konoha_bindings_put(program.bindings);
	konoha_buffer_free(&shell->result);
	if (error) {
		kfree(shell);
		return error;
	}
	filp->private_data = shell;
	return stream_open(inode, filp);
}

/* Says what no diagnostic and no exception has said. */
static void describe(struct konoha_buffer *result, int error)
{
	switch (error) {
	case -ENODEV:
		konoha_buffer_printf(result, "error: this shell was unloaded: open another one\n");
		break;
	case -EINTR:
		konoha_buffer_printf(result, "error: the entry was ended by a signal\n");
		break;
	case -ENOMEM:
		konoha_buffer_printf(result,
				     "error: no memory for this entry: code stays for good, open another shell, or raise the module's parameter heap\n");
		break;
	default:
		konoha_buffer_printf(result,
				     "error: this shell cannot go on (errno %d): open another one\n",
				     -error);
		break;
	}
}

static int run_locked(struct shell *shell, const u8 *text, size_t len)
{
	struct konoha_isolate *isolate = shell->isolate;
	int error = konoha_usable(isolate);

	if (error)
		return error;
	isolate->engine->shell = &shell->result;
	error = konoha_add_text(isolate, true, text, len, &shell->result);
	if (!error)
		error = konoha_isolate_run_last(isolate, &shell->result);
	isolate->engine->shell = NULL;
	return error && !konoha_is_live(isolate) ? -ENODEV : error;
}

static int enter(struct shell *shell, const u8 *text, size_t len)
{
	int error;

	shell->result.len = 0;
	error = konoha_lock(shell->isolate);
	if (!error) {
		error = run_locked(shell, text, len);
		konoha_leave(shell->isolate);
	}
	if (error && !shell->result.len)
		describe(&shell->result, error);
	return error;
}

static ssize_t shell_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct shell *shell = filp->private_data;
	int error = -EINTR;
	u8 *text;

	if (!count)
		return 0;
	text = konoha_text_from_user(buf, count, ENTRY_MAX);
	if (IS_ERR(text))
		return PTR_ERR(text);
	if (mutex_lock_killable(&shell->lock))
		goto free_text;
	error = enter(shell, text, count);
	mutex_unlock(&shell->lock);
free_text:
	kvfree(text);
	return error ?: count;
}

static ssize_t shell_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct shell *shell = filp->private_data;
	ssize_t ret;

	if (mutex_lock_killable(&shell->lock))
		return -EINTR;
	ret = konoha_buffer_take(&shell->result, buf, count);
	mutex_unlock(&shell->lock);
	return ret;
}

static int shell_release(struct inode *inode, struct file *filp)
{
	struct shell *shell = filp->private_data;

	discard(shell->isolate);
	konoha_buffer_free(&shell->result);
	kfree(shell);
	return 0;
}

const struct file_operations konoha_shell_fops = {
	.owner = THIS_MODULE,
	.open = shell_open,
	.read = shell_read,
	.write = shell_write,
	.release = shell_release,
	.llseek = noop_llseek,
};
