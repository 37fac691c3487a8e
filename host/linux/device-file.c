// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * File operations of a script's device.
 *
 * The short form of read runs its handler once for an open file and keeps the
 * output: later reads continue it. The streaming form runs whenever nothing is
 * left over. User memory is touched with at most the file's own lock held.
 */
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

static struct kmem_cache *file_cache;
static atomic_t next_id = ATOMIC_INIT(0);

/* A write buffer above this size is not kept between writes. */
#define KEEP_INPUT 4096

int konoha_device_file_init(void)
{
	file_cache = KMEM_CACHE(konoha_file, SLAB_ACCOUNT);
	return file_cache ? 0 : -ENOMEM;
}

void konoha_device_file_exit(void)
{
	kmem_cache_destroy(file_cache);
}

/**
 * konoha_file_free() - frees an open file's state and drops its device
 * @file: the file, in no list
 */
void konoha_file_free(struct konoha_file *file)
{
	kvfree(file->out.data);
	kvfree(file->in.data);
	konoha_device_put(file->device);
	kmem_cache_free(file_cache, file);
}

static struct konoha_device *get_device_of(struct inode *inode)
{
	struct konoha_node *node = container_of(inode->i_cdev, struct konoha_node, cdev);
	struct konoha_device *device;

	spin_lock(&node->lock);
	device = node->device;
	if (device)
		konoha_device_get(device);
	spin_unlock(&node->lock);
	return device;
}

static int device_open(struct inode *inode, struct file *filp)
{
	struct konoha_device *device = get_device_of(inode);
	struct konoha_file *file;
	int error = -ENODEV;

	if (!device)
		return -ENODEV;
	if (!konoha_is_live(device->isolate) || READ_ONCE(device->gone))
		goto put_device;
	error = -EIO;
	if (READ_ONCE(device->isolate->faulted))
		goto put_device;
	error = -ENOMEM;
	file = kmem_cache_zalloc(file_cache, GFP_KERNEL);
	if (!file)
		goto put_device;

	mutex_init(&file->lock);
	file->device = device;
	file->id = atomic_inc_return(&next_id);
	file->mode = (filp->f_mode & FMODE_READ ? 1 : 0) | (filp->f_mode & FMODE_WRITE ? 2 : 0);
	file->flags = filp->f_flags;
	if (device->methods[KONOHA_OPEN]) {
		struct konoha_call call = {
			.device = device,
			.file = file,
			.handler = KONOHA_OPEN,
			.flags = filp->f_flags,
		};

		error = konoha_enter(&call);
		if (error) {
			konoha_file_free(file);
			return error;
		}
	}
	filp->private_data = file;
	if (device->stream)
		stream_open(inode, filp);
	return 0;

put_device:
	konoha_device_put(device);
	return error;
}

static int device_release(struct inode *inode, struct file *filp)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_device *device = file->device;

	file->flags = filp->f_flags;
	if (device->methods[KONOHA_CLOSE] && konoha_is_live(device->isolate))
		konoha_enter_close(file);
	else
		konoha_file_free(file);
	return 0;
}

static int run_read(struct konoha_file *file, struct file *filp, loff_t offset)
{
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_READ,
		.out = &file->out,
		.flags = filp->f_flags,
		.offset = offset,
	};
	int error = konoha_enter(&call);

	if (unlikely(error))
		file->out.len = 0;
	return error;
}

/* The short form: @ppos is the position in the snapshot. */
static ssize_t read_snapshot(struct konoha_file *file, struct file *filp, char __user *buf,
			     size_t count, loff_t *ppos)
{
	loff_t pos = *ppos;

	if (!file->have_out || (pos == 0 && file->advanced)) {
		int error;

		file->have_out = false;
		error = run_read(file, filp, pos);
		if (error)
			return error;
		file->have_out = true;
		file->advanced = false;
	}
	if (pos < 0 || pos >= file->out.len)
		return 0;
	count = min_t(size_t, count, file->out.len - pos);
	if (copy_to_user(buf, file->out.data + pos, count))
		return -EFAULT;
	file->advanced = true;
	*ppos = pos + count;
	return count;
}

/* The streaming form: no position, what is left over comes first. */
static ssize_t read_stream(struct konoha_file *file, struct file *filp, char __user *buf,
			   size_t count)
{
	if (file->out_pos >= file->out.len) {
		int error = run_read(file, filp, file->stream_pos);

		file->out_pos = 0;
		if (error)
			return error;
	}
	count = min_t(size_t, count, file->out.len - file->out_pos);
	if (copy_to_user(buf, file->out.data + file->out_pos, count))
		return -EFAULT;
	file->out_pos += count;
	file->stream_pos += count;
	return count;
}

static ssize_t device_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_device *device = file->device;
	ssize_t ret;

	if (unlikely(!konoha_is_live(device->isolate)))
		return -ENODEV;
	if (unlikely(!device->methods[KONOHA_READ]))
		return -EINVAL;
	if (unlikely(!count))
		return 0;
	if (unlikely(mutex_lock_killable(&file->lock)))
		return -EINTR;
	if (device->stream)
		ret = read_stream(file, filp, buf, count);
	else
		ret = read_snapshot(file, filp, buf, count, ppos);
	mutex_unlock(&file->lock);
	return ret;
}

/* A write moves no position: what the file answers is read from its start. */
static ssize_t device_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_WRITE,
		.flags = filp->f_flags,
		.offset = ppos ? *ppos : file->stream_pos,
	};
	ssize_t ret;

	if (unlikely(!konoha_is_live(file->device->isolate)))
		return -ENODEV;
	if (unlikely(!file->device->methods[KONOHA_WRITE]))
		return -EINVAL;
	count = min_t(size_t, count, KONOHA_IO_MAX);
	if (unlikely(mutex_lock_killable(&file->lock)))
		return -EINTR;
	ret = konoha_buffer_reserve(&file->in, count);
	if (ret)
		goto unlock;
	ret = -EFAULT;
	if (copy_from_user(file->in.data, buf, count))
		goto unlock;
	call.in = file->in.data;
	call.in_len = count;
	ret = konoha_enter(&call);
	if (!ret)
		ret = count;
	if (file->in.size > KEEP_INPUT)
		konoha_buffer_free(&file->in);
unlock:
	mutex_unlock(&file->lock);
	return ret;
}

/* Only for the short form: a streaming file is opened without a position. */
static loff_t device_llseek(struct file *filp, loff_t offset, int whence)
{
	struct konoha_file *file = filp->private_data;
	loff_t ret = -EINVAL;

	if (!konoha_is_live(file->device->isolate))
		return -ENODEV;
	if (mutex_lock_killable(&file->lock))
		return -EINTR;
	if (whence == SEEK_CUR)
		offset += filp->f_pos;
	else if (whence == SEEK_END && file->have_out)
		offset += file->out.len;
	else if (whence != SEEK_SET)
		goto unlock;
	if (offset < 0)
		goto unlock;
	if (whence == SEEK_SET && offset == 0)
		file->have_out = false;
	filp->f_pos = offset;
	ret = offset;
unlock:
	mutex_unlock(&file->lock);
	return ret;
}

const struct file_operations konoha_device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = device_read,
	.write = device_write,
	.llseek = device_llseek,
};
