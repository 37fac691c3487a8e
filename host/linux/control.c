// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * /dev/konoha and /dev/konoha-replace: a script is everything written through
 * one open file description. It is loaded when the last descriptor is closed,
 * and the error of that close is the verdict; or when a description that was
 * opened read-write is read, and the text read is the verdict.
 *
 * A writer that dies by a signal leaves half a script: then nothing is loaded,
 * whoever else holds the description.
 */
#include <linux/cdev.h>
#include <linux/capability.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "text.h"

#define MINOR_LOAD 0
#define MINOR_REPLACE 1
#define MINOR_SHELL 2

/**
 * struct script - what was written through one open file description
 * @lock: guards all below
 * @text: the script so far
 * @utf8: where its last piece was cut
 * @verdict: why no script will come of it: the first failed write's errno
 * @writer: thread group that wrote last
 * @result: of the last load, for readers
 * @replace: opened as /dev/konoha-replace
 */
struct script {
	struct mutex lock;	/* guards the rest */
	struct konoha_buffer text;
	struct konoha_utf8 utf8;
	int verdict;
	struct pid *writer;
	struct konoha_buffer result;
	bool replace;
};

static struct cdev control_cdev;

static int open_shell(struct inode *inode, struct file *filp)
{
	const struct file_operations *shell = &konoha_shell_fops;

	shell = fops_get(shell);
	if (!shell)
		return -ENODEV;
	replace_fops(filp, shell);
	return shell->open(inode, filp);
}

static int control_open(struct inode *inode, struct file *filp)
{
	struct script *script;

	if (iminor(inode) == MINOR_SHELL)
		return open_shell(inode, filp);
	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	script = kzalloc(sizeof(*script), GFP_KERNEL_ACCOUNT);
	if (!script)
		return -ENOMEM;
	mutex_init(&script->lock);
	script->replace = iminor(inode) == MINOR_REPLACE;
	filp->private_data = script;
	return stream_open(inode, filp);
}

static int append_locked(struct script *script, const char __user *buf, size_t count)
{
	struct konoha_buffer *text = &script->text;
	u8 *piece;
	int error;

	if (count > KONOHA_SOURCE_MAX - text->len)
		return -EFBIG;
	piece = vmemdup_user(buf, count);
	if (IS_ERR(piece))
		return PTR_ERR(piece);
	error = konoha_utf8_check(&script->utf8, piece, count) ? 0 : -EILSEQ;
	if (!error)
		error = konoha_buffer_append(text, piece, count);
	kvfree(piece);
	return error;
}

static ssize_t control_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct script *script = filp->private_data;
	int error;

	if (!count)
		return 0;
	if (mutex_lock_killable(&script->lock))
		return -EINTR;
	error = script->verdict;
	if (!error) {
		put_pid(script->writer);
		script->writer = get_pid(task_tgid(current));
		error = append_locked(script, buf, count);
		script->verdict = error;
	}
	mutex_unlock(&script->lock);
	return error ?: count;
}

static void describe_verdict(struct script *script)
{
	struct konoha_buffer *result = &script->result;

	switch (script->verdict) {
	case -EFBIG:
		konoha_buffer_printf(result, "error: a script is at most %u KiB\n",
				     KONOHA_SOURCE_MAX / 1024);
		break;
	case -EILSEQ:
		konoha_buffer_printf(result,
				     "error: the script is not UTF-8 text, or holds a NUL byte\n");
		break;
	case -EINTR:
		konoha_buffer_printf(result, "error: a writer was killed; nothing is loaded\n");
		break;
	default:
		konoha_buffer_printf(result, "error: a write failed (errno %d)\n",
				     -script->verdict);
		break;
	}
	konoha_status_set(result);
}

/* Loads what was written since the last time; nothing new: nothing happens. */
static int judge_locked(struct script *script)
{
	int error = 0;

	if (!script->verdict && !script->text.len)
		return 0;
	script->result.len = 0;
	if (!script->verdict && script->utf8.pending)
		script->verdict = -EILSEQ;
	error = script->verdict;
	if (error)
		describe_verdict(script);
	else
		error = konoha_load(script->text.data, script->text.len, script->replace,
				    &script->result);
	konoha_buffer_free(&script->text);
	script->utf8 = (struct konoha_utf8){};
	script->verdict = 0;
	return error;
}

/* Opened read-write: the result of what was written so far, then end of file. */
static ssize_t control_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct script *script = filp->private_data;
	ssize_t ret;

	if (mutex_lock_killable(&script->lock))
		return -EINTR;
	judge_locked(script);
	ret = konoha_buffer_take(&script->result, buf, count);
	mutex_unlock(&script->lock);
	return ret;
}

/* Exiting because of a signal, or about to. */
static bool dies_by_signal(void)
{
	return fatal_signal_pending(current) ||
	       ((current->flags & PF_EXITING) && (current->exit_code & 0x7f));
}

static int control_flush(struct file *filp, fl_owner_t id)
{
	struct script *script = filp->private_data;
	bool last = file_count(filp) == 1;
	int error = 0;

	/* The critical section is bounded by a load; a dying task must get in. */
	mutex_lock(&script->lock);
	if (dies_by_signal()) {
		if (script->text.len && (last || script->writer == task_tgid(current)))
			script->verdict = -EINTR;
	} else if (last) {
		error = judge_locked(script);
	}
	mutex_unlock(&script->lock);
	return error;
}

/*
 * What no flush has judged: two last descriptors were closed at the same time,
 * each seeing the other, or the description ended in a socket's buffer. A
 * kernel thread that cleans up has nobody to answer for the script.
 */
static int control_release(struct inode *inode, struct file *filp)
{
	struct script *script = filp->private_data;

	mutex_lock(&script->lock);
	if (script->text.len && !script->verdict &&
	    ((current->flags & PF_KTHREAD) || dies_by_signal()))
		script->verdict = -EINTR;
	judge_locked(script);
	mutex_unlock(&script->lock);
	konoha_buffer_free(&script->text);
	konoha_buffer_free(&script->result);
	put_pid(script->writer);
	kfree(script);
	return 0;
}

static const struct file_operations control_fops = {
	.owner = THIS_MODULE,
	.open = control_open,
	.read = control_read,
	.write = control_write,
	.flush = control_flush,
	.release = control_release,
	.llseek = noop_llseek,
};

/**
 * konoha_control_init() - makes the control files
 *
 * Return: 0 or a negative errno; then nothing is left.
 */
int konoha_control_init(void)
{
	struct device *device;
	int error;

	cdev_init(&control_cdev, &control_fops);
	control_cdev.owner = THIS_MODULE;
	error = cdev_add(&control_cdev, konoha_devt, KONOHA_CONTROL_MINORS);
	if (error)
		return error;
	device = device_create(konoha_class, NULL, konoha_devt + MINOR_LOAD, NULL, "konoha");
	if (IS_ERR(device)) {
		error = PTR_ERR(device);
		goto del_cdev;
	}
	device = device_create(konoha_class, NULL, konoha_devt + MINOR_REPLACE, NULL,
			       "konoha-replace");
	if (IS_ERR(device)) {
		error = PTR_ERR(device);
		goto destroy_load;
	}
	device = device_create(konoha_class, NULL, konoha_devt + MINOR_SHELL, NULL, "konoha-shell");
	if (IS_ERR(device)) {
		error = PTR_ERR(device);
		goto destroy_replace;
	}
	return 0;

destroy_replace:
	device_destroy(konoha_class, konoha_devt + MINOR_REPLACE);
destroy_load:
	device_destroy(konoha_class, konoha_devt + MINOR_LOAD);
del_cdev:
	cdev_del(&control_cdev);
	return error;
}

void konoha_control_exit(void)
{
	device_destroy(konoha_class, konoha_devt + MINOR_SHELL);
	device_destroy(konoha_class, konoha_devt + MINOR_REPLACE);
	device_destroy(konoha_class, konoha_devt + MINOR_LOAD);
	cdev_del(&control_cdev);
}
