// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * /proc/konoha: list, bindings, stats, status and log to read; unload and eval to write, where
 * one write is one request and its error is the write's error.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "bind.h"
#include "internal.h"
#include "text.h"

static DEFINE_MUTEX(status_lock);
static struct konoha_buffer status;	/* under status_lock */

/**
 * konoha_status_set() - what /proc/konoha/status shows from now on
 * @text: copied; an empty one leaves the status as it is
 */
void konoha_status_set(const struct konoha_buffer *text)
{
	mutex_lock(&status_lock);
	status.len = 0;
	if (text->len && konoha_buffer_append(&status, text->data, text->len))
		konoha_buffer_printf(&status, "error: no memory to keep the result\n");
	mutex_unlock(&status_lock);
}

static int status_copy(struct konoha_buffer *text)
{
	int error = 0;

	mutex_lock(&status_lock);
	if (status.len)
		error = konoha_buffer_append(text, status.data, status.len);
	mutex_unlock(&status_lock);
	return error;
}

/*
 * A file's text is made when it is opened: a reader that unloads scripts as it
 * goes through the list sees the list that it began with.
 */
static int text_open(struct file *filp, int (*make)(struct konoha_buffer *text))
{
	struct konoha_buffer *text = kzalloc(sizeof(*text), GFP_KERNEL_ACCOUNT);
	int error;

	if (!text)
		return -ENOMEM;
	error = make(text);
	if (error) {
		konoha_buffer_free(text);
		kfree(text);
		return error;
	}
	filp->private_data = text;
	return 0;
}

static int list_open(struct inode *inode, struct file *filp)
{
	return text_open(filp, konoha_registry_list);
}

static int stats_open(struct inode *inode, struct file *filp)
{
	return text_open(filp, konoha_registry_stats);
}

static int status_open(struct inode *inode, struct file *filp)
{
	return text_open(filp, status_copy);
}

static int bindings_open(struct inode *inode, struct file *filp)
{
	return text_open(filp, konoha_bindings_list);
}

static int log_open(struct inode *inode, struct file *filp)
{
	return text_open(filp, konoha_log_copy);
}

static ssize_t text_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct konoha_buffer *text = filp->private_data;

	return simple_read_from_buffer(buf, count, ppos, text->data, text->len);
}

static loff_t text_lseek(struct file *filp, loff_t offset, int whence)
{
	struct konoha_buffer *text = filp->private_data;

	return fixed_size_llseek(filp, offset, whence, text->len);
}

static int text_release(struct inode *inode, struct file *filp)
{
	struct konoha_buffer *text = filp->private_data;

	konoha_buffer_free(text);
	kfree(text);
	return 0;
}

static int request_open(struct inode *inode, struct file *filp)
{
	return capable(CAP_SYS_MODULE) ? 0 : -EPERM;
}

/*
 * A request keeps the module: rmmod then says that it is in use, rather than
 * waiting for a script.
 */
static ssize_t unload_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	char text[KONOHA_NAME_SIZE + 2];
	char *name;
	int error;

	if (count >= sizeof(text))
		return -ENOENT;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	text[count] = 0;
	name = strim(text);
	if (!*name)
		return -EINVAL;
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	error = konoha_unload(name, strlen(name));
	module_put(THIS_MODULE);
	return error ?: count;
}

static ssize_t eval_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct konoha_buffer result = {};
	int error = -ENODEV;
	u8 *text;

	if (!count)
		return 0;
	text = konoha_text_from_user(buf, count, KONOHA_SOURCE_MAX);
	if (IS_ERR(text))
		return PTR_ERR(text);
	if (!try_module_get(THIS_MODULE))
		goto free_text;
	error = konoha_load(text, count, false, &result);
	module_put(THIS_MODULE);
	konoha_buffer_free(&result);
free_text:
	kvfree(text);
	return error ?: count;
}

static const struct proc_ops list_ops = {
	.proc_open = list_open,
	.proc_read = text_read,
	.proc_lseek = text_lseek,
	.proc_release = text_release,
};

static const struct proc_ops stats_ops = {
	.proc_open = stats_open,
	.proc_read = text_read,
	.proc_lseek = text_lseek,
	.proc_release = text_release,
};

static const struct proc_ops status_ops = {
	.proc_open = status_open,
	.proc_read = text_read,
	.proc_lseek = text_lseek,
	.proc_release = text_release,
};

static const struct proc_ops bindings_ops = {
	.proc_open = bindings_open,
	.proc_read = text_read,
	.proc_lseek = text_lseek,
	.proc_release = text_release,
};

static const struct proc_ops log_ops = {
	.proc_open = log_open,
	.proc_read = text_read,
	.proc_lseek = text_lseek,
	.proc_release = text_release,
};

static const struct proc_ops unload_ops = {
	.proc_open = request_open,
	.proc_write = unload_write,
	.proc_lseek = noop_llseek,
};

static const struct proc_ops eval_ops = {
	.proc_open = request_open,
	.proc_write = eval_write,
	.proc_lseek = noop_llseek,
};

/**
 * konoha_proc_init() - makes /proc/konoha
 *
 * Return: 0 or -ENOMEM; then nothing is left.
 */
int konoha_proc_init(void)
{
	struct proc_dir_entry *directory = proc_mkdir("konoha", NULL);

	if (!directory)
		return -ENOMEM;
	if (proc_create("list", 0444, directory, &list_ops) &&
	    proc_create("stats", 0444, directory, &stats_ops) &&
	    proc_create("status", 0400, directory, &status_ops) &&
	    proc_create("bindings", 0444, directory, &bindings_ops) &&
	    proc_create("log", 0400, directory, &log_ops) &&
	    proc_create("unload", 0200, directory, &unload_ops) &&
	    proc_create("eval", 0200, directory, &eval_ops))
		return 0;
	remove_proc_subtree("konoha", NULL);
	return -ENOMEM;
}

/* Waits for the operations that are at work; open files then fail. */
void konoha_proc_exit(void)
{
	remove_proc_subtree("konoha", NULL);
	konoha_buffer_free(&status);
}
