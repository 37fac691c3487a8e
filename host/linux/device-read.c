// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * Reading and seeking in a script's device.
 *
 * The short form of read runs its handler once for an open file and keeps the
 * output: later reads continue it. The streaming form runs whenever nothing is
 * left over. What may wait for user memory holds at most the file's own lock
 * (see enter.c).
 */
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/uaccess.h>

#include "internal.h"

/* @to, or NULL: where the output goes if all of it fits. Bytes that went there, or an error. */
static ssize_t run_read(struct konoha_file *file, struct file *filp, char __user *to, size_t count,
			loff_t offset)
{
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_READ,
		.out = &file->out,
		.to = to,
		.to_size = min_t(size_t, count, U32_MAX),
		.waits = &file->read_waits,
		.count = min_t(size_t, count, U32_MAX),
		.flags = filp->f_flags,
		.offset = offset,
	};
	int error = konoha_enter(&call);

	if (unlikely(error)) {
		file->out.len = 0;
		return error;
	}
	return call.given;
}

/* The short form: @ppos is the position in the snapshot. */
static ssize_t read_snapshot(struct konoha_file *file, struct file *filp, char __user *buf,
			     size_t count, loff_t *ppos)
{
	loff_t pos = *ppos;

	if (!file->have_out || (pos == 0 && file->advanced)) {
		int error;

		file->have_out = false;
		error = run_read(file, filp, NULL, count, pos);
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

/*
 * The streaming form: what is left over comes first. Where the device can seek,
 * the position is the file's, and a read elsewhere drops what is left over;
 * else there is none, and @ppos is NULL.
 */
static ssize_t read_stream(struct konoha_file *file, struct file *filp, char __user *buf,
			   size_t count, loff_t *ppos)
{
	ssize_t given = 0;

	if (ppos && *ppos != file->stream_pos) {
		file->stream_pos = *ppos;
		file->out_pos = file->out.len;
	}
	if (file->out_pos >= file->out.len) {
		given = run_read(file, filp, buf, count, file->stream_pos);
		file->out_pos = 0;
		if (given < 0)
			return given;
	}
	if (likely(given)) {
		count = given;
	} else {
		count = min_t(size_t, count, file->out.len - file->out_pos);
		if (copy_to_user(buf, file->out.data + file->out_pos, count))
			return -EFAULT;
		file->out_pos += count;
	}
	file->stream_pos += count;
	if (ppos)
		*ppos = file->stream_pos;
	return count;
}

/**
 * konoha_device_read() - read(2) of a script's device
 * @filp: of konoha_device_fops
 * @buf: user memory
 * @count: bytes there
 * @ppos: the position, NULL for a stream that cannot seek
 *
 * Return: bytes read, 0 at the end, or a negative errno.
 */
ssize_t konoha_device_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	struct konoha_file *file = filp->private_data;
	struct konoha_device *device = file->device;
	ssize_t ret = konoha_usable(device->isolate);

	if (unlikely(ret))
		return ret;
	if (unlikely(!device->methods[KONOHA_READ]))
		return -EINVAL;
	if (unlikely(!count))
		return 0;
	ret = konoha_file_lock(&file->read_lock, filp->f_flags, &file->read_waits);
	if (unlikely(ret))
		return ret;
	if (device->stream)
		ret = read_stream(file, filp, buf, count, ppos);
	else
		ret = read_snapshot(file, filp, buf, count, ppos);
	mutex_unlock(&file->read_lock);
	return ret;
}

/* The script says where the position goes; what was read ahead is not of there. */
static loff_t seek_by_handler(struct konoha_file *file, struct file *filp, loff_t offset,
			      int whence)
{
	struct konoha_call call = {
		.device = file->device,
		.file = file,
		.handler = KONOHA_SEEK,
		.waits = &file->read_waits,
		.flags = filp->f_flags,
		.offset = offset,
		.whence = whence,
		.position = filp->f_pos,
	};
	int error = konoha_enter(&call);

	if (error)
		return error;
	file->have_out = false;
	file->out.len = 0;
	file->out_pos = 0;
	file->stream_pos = call.result;
	filp->f_pos = call.result;
	return call.result;
}

/* Without a handler: only the short form has a position, and an end once it has run. */
static loff_t seek_snapshot(struct konoha_file *file, struct file *filp, loff_t offset, int whence)
{
	if (whence == SEEK_CUR) {
		if (check_add_overflow(offset, filp->f_pos, &offset))
			return -EOVERFLOW;
	} else if (whence == SEEK_END && file->have_out) {
		if (check_add_overflow(offset, (loff_t)file->out.len, &offset))
			return -EOVERFLOW;
	} else if (whence != SEEK_SET) {
		return -EINVAL;
	}
	if (offset < 0)
		return -EINVAL;
	if (whence == SEEK_SET && offset == 0)
		file->have_out = false;
	filp->f_pos = offset;
	return offset;
}

/**
 * konoha_device_llseek() - lseek(2) of a script's device
 * @filp: of konoha_device_fops; a stream without a seek handler does not get here
 * @offset: bytes
 * @whence: SEEK_SET ...
 *
 * Return: the new position or a negative errno.
 */
loff_t konoha_device_llseek(struct file *filp, loff_t offset, int whence)
{
	struct konoha_file *file = filp->private_data;
	loff_t ret = konoha_usable(file->device->isolate);

	if (ret)
		return ret;
	ret = konoha_file_lock(&file->read_lock, filp->f_flags, &file->read_waits);
	if (ret)
		return ret;
	if (file->device->methods[KONOHA_SEEK])
		ret = seek_by_handler(file, filp, offset, whence);
	else
		ret = seek_snapshot(file, filp, offset, whence);
	mutex_unlock(&file->read_lock);
	return ret;
}
