// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * File operations of a script's device but reading (device-read.c). What may
 * wait for user memory holds at most the file's own locks (see enter.c).
 */
#include <linux/ioctl.h>
#include <linux/minmax.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

static struct kmem_cache *file_cache;
static atomic_t next_id = ATOMIC_INIT(0);

/* A buffer above this size is not kept between writes, nor for the next open file. */
#define KEEP_BUFFER 4096

int konoha_device_file_init(void)
{
	file_cache = KMEM_CACHE(konoha_file, SLAB_ACCOUNT);
	return file_cache ? 0 : -ENOMEM;
}

void konoha_device_file_exit(void)
{
	kmem_cache_destroy(file_cache);
}

/* The state of a new open file of that device; NULL: no memory. */
static struct konoha_file *file_get(struct konoha_device *device)
{
	struct konoha_file *file = READ_ONCE(device->spare);

	if (likely(file) && likely(cmpxchg(&device->spare, file, NULL) == file)) {
		memset_startat(file, 0, stream_pos);
		file->out.len = 0;
		return file;
	}
	file = kmem_cache_zalloc(file_cache, GFP_KERNEL);
	if (!file)
		return NULL;
	mutex_init(&file->read_lock);
	mutex_init(&file->write_lock);
	file->device = device;
	return file;
}

/**
 * konoha_file_drop() - frees what is kept for the next open file of a device
 * @file: its state, or NULL
 */
void konoha_file_drop(struct konoha_file *file)
{
	if (!file)
		return;
	kvfree(file->out.data);
	kvfree(file->in.data);
	kmem_cache_free(file_cache, file);
}

/**
 * konoha_file_free() - gives an open file's state back and drops its device
 * @file: the file, in no list
 *
 * The device keeps one for the file that is opened next: most have one at a time.
 */
void konoha_file_free(struct konoha_file *file)
{
	struct konoha_device *device = file->device;

	if (unlikely(file->out.size > KEEP_BUFFER))
		konoha_buffer_free(&file->out);
	if (READ_ONCE(device->spare) || cmpxchg(&device->spare, NULL, file))
		konoha_file_drop(file);
	konoha_device_put(device);
}

/**
 * konoha_file_lock() - takes one of a file's locks for an operation
 * @lock: read_lock or write_lock
 * @flags: the file's O_* flags
 * @waits: whether who holds it is suspended, which may take any time
 *
 * Return: 0, -ERESTARTSYS a signal came, -EAGAIN O_NONBLOCK and the holder waits.
 */
int konoha_file_lock(struct mutex *lock, unsigned int flags, const bool *waits)
{
	if (likely(mutex_trylock(lock)))
		return 0;
	if ((flags & O_NONBLOCK) && READ_ONCE(*waits))
		return -EAGAIN;
	return mutex_lock_interruptible(lock) ? -ERESTARTSYS : 0;
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
	int error;

	if (!device)
		return -ENODEV;
	error = READ_ONCE(device->gone) ? -ENODEV : konoha_usable(device->isolate);
	if (error)
		goto put_device;
	error = -ENOMEM;
	file = file_get(device);
	if (!file)
		goto put_device;

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
	if (device->stream && !device->methods[KONOHA_SEEK])
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
	if ((device->methods[KONOHA_CLOSE] || file->session) &&
	    READ_ONCE(device->isolate->state) != KONOHA_DEAD)
		konoha_enter_close(file);
	else
		konoha_file_free(file);
	return 0;
}

/*
 * A write moves no position, for what the file answers is read from its start;
 * unless the device can seek: then it has one position, as a file on a disk.
 */
static ssize_t device_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_WRITE,
		.waits = &file->write_waits,
		.flags = filp->f_flags,
		.offset = ppos ? *ppos : READ_ONCE(file->stream_pos),
	};
	ssize_t ret = konoha_usable(file->device->isolate);

	if (unlikely(ret))
		return ret;
	if (unlikely(!file->device->methods[KONOHA_WRITE]))
		return -EINVAL;
	count = min_t(size_t, count, KONOHA_IO_MAX);
	ret = konoha_file_lock(&file->write_lock, filp->f_flags, &file->write_waits);
	if (unlikely(ret))
		return ret;
	call.from = buf;
	call.in_len = count;
	call.count = count;
	ret = konoha_enter(&call);
	if (unlikely(call.missed)) {
		call.missed = false;
		ret = konoha_buffer_reserve(&file->in, count);
		if (ret)
			goto unlock;
		ret = -EFAULT;
		if (copy_from_user(file->in.data, buf, count))
			goto unlock;
		call.in = file->in.data;
		ret = konoha_enter(&call);
	}
	/* A handler that took nothing had no room. */
	if (!ret)
		ret = call.result || !count ? call.result : -EAGAIN;
	if (ret > 0 && ppos && file->device->methods[KONOHA_SEEK])
		*ppos += ret;
	if (file->in.size > KEEP_BUFFER)
		konoha_buffer_free(&file->in);
unlock:
	mutex_unlock(&file->write_lock);
	return ret;
}

static __poll_t device_poll(struct file *filp, poll_table *wait)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_POLL,
		.flags = filp->f_flags,
		.offset = filp->f_pos,
		.nonblock = true,
	};
	int error;

	poll_wait(filp, &file->device->isolate->pollers, wait);
	error = konoha_usable(file->device->isolate);
	if (!error && !file->device->methods[KONOHA_POLL])
		return DEFAULT_POLLMASK;
	if (!error)
		error = konoha_enter(&call);
	if (error)
		return error == -ENODEV ? EPOLLERR | EPOLLHUP : EPOLLERR;
	return (__force __poll_t)call.result &
	       (EPOLLIN | EPOLLPRI | EPOLLOUT | EPOLLERR | EPOLLHUP);
}

/* A struct up to this size needs no allocation. */
#define SMALL_STRUCT 128

static long ioctl_number(struct file *filp, unsigned int command)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_IOCTL,
		.flags = filp->f_flags,
		.offset = filp->f_pos,
		.command = command,
	};
	int error = konoha_enter(&call);

	return error ? error : call.result;
}

/* The struct's size and direction are in the command (uapi/asm-generic/ioctl.h). */
static noinline long ioctl_struct(struct file *filp, unsigned int command, unsigned long arg)
{
	struct konoha_file *file = filp->private_data;
	void __user *user = (void __user *)arg;
	size_t size = _IOC_SIZE(command);
	struct konoha_buffer out = {};
	u8 small[SMALL_STRUCT];
	void *in = NULL;
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_IOCTL,
		.flags = filp->f_flags,
		.offset = filp->f_pos,
		.command = command,
	};
	long ret;

	if ((_IOC_DIR(command) & _IOC_WRITE) && size) {
		if (size <= sizeof(small)) {
			if (copy_from_user(small, user, size))
				return -EFAULT;
			call.in = small;
		} else {
			in = memdup_user(user, size);
			if (IS_ERR(in))
				return PTR_ERR(in);
			call.in = in;
		}
		call.in_len = size;
	}
	if (_IOC_DIR(command) & _IOC_READ) {
		call.out = &out;
		call.to = user;
		call.to_size = size;
	}
	ret = konoha_enter(&call);
	if (ret)
		goto free_buffers;
	ret = call.result;
	if (call.out && !call.given) {
		if (out.len != size)
			ret = -EIO;
		else if (copy_to_user(user, out.data, size))
			ret = -EFAULT;
	}
free_buffers:
	if (unlikely(out.data))
		konoha_buffer_free(&out);
	kfree(in);
	return ret;
}

static long device_ioctl(struct file *filp, unsigned int command, unsigned long arg)
{
	struct konoha_file *file = filp->private_data;
	long ret = konoha_usable(file->device->isolate);

	if (unlikely(ret))
		return ret;
	if (unlikely(!file->device->methods[KONOHA_IOCTL]))
		return -ENOTTY;
	if (_IOC_DIR(command) == _IOC_NONE)
		return ioctl_number(filp, command);
	return ioctl_struct(filp, command, arg);
}

const struct file_operations konoha_device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = konoha_device_read,
	.write = device_write,
	.llseek = konoha_device_llseek,
	.poll = device_poll,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
