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
#include <linux/uaccess.h>

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
	return error;
}

static ssize_t shell_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct shell *shell = filp->private_data;
	struct konoha_utf8 utf8 = {};
	int error;
	u8 *text;

	if (!count)
		return 0;
	if (count > ENTRY_MAX)
		return -EFBIG;
	text = vmemdup_user(buf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	error = -EILSEQ;
	if (!konoha_utf8_check(&utf8, text, count) || utf8.pending)
		goto free_text;
	error = -EINTR;
	if (mutex_lock_killable(&shell->lock))
		goto free_text;
	shell->result.len = 0;
	error = konoha_lock(shell->isolate);
	if (!error) {
		error = run_locked(shell, text, count);
		konoha_leave(shell->isolate);
	}
	mutex_unlock(&shell->lock);
free_text:
	kvfree(text);
	return error ?: count;
}

static ssize_t shell_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct shell *shell = filp->private_data;
	struct konoha_buffer *result = &shell->result;
	ssize_t ret = 0;

	if (mutex_lock_killable(&shell->lock))
		return -EINTR;
	count = min(count, result->len);
	if (count && copy_to_user(buf, result->data, count)) {
		ret = -EFAULT;
	} else if (count) {
		result->len -= count;
		memmove(result->data, result->data + count, result->len);
		ret = count;
	}
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
