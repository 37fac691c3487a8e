// SPDX-License-Identifier: (MIT OR GPL-2.0)
/* Byte buffers that grow. */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

/**
 * konoha_buffer_reserve() - makes room, dropping what is in the buffer
 * @buffer: the buffer; its length becomes 0
 * @size: bytes that are to fit
 *
 * Return: 0 or -ENOMEM (then the buffer is empty).
 */
int konoha_buffer_reserve(struct konoha_buffer *buffer, size_t size)
{
	buffer->len = 0;
	if (likely(size <= buffer->size))
		return 0;
	kvfree(buffer->data);
	buffer->size = 0;
	buffer->data = kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!buffer->data)
		return -ENOMEM;
	buffer->size = size;
	return 0;
}

/**
 * konoha_buffer_append() - adds bytes at the end
 * @buffer: the buffer
 * @data: the bytes
 * @len: how many
 *
 * Return: 0 or -ENOMEM (then the buffer is as it was).
 */
int konoha_buffer_append(struct konoha_buffer *buffer, const void *data, size_t len)
{
	size_t size = buffer->size;
	u8 *bytes;

	if (len > size - buffer->len) {
		size = max_t(size_t, max(2 * size, buffer->len + len), 256);
		bytes = kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
		if (!bytes)
			return -ENOMEM;
		memcpy(bytes, buffer->data, buffer->len);
		kvfree(buffer->data);
		buffer->data = bytes;
		buffer->size = size;
	}
	memcpy(buffer->data + buffer->len, data, len);
	buffer->len += len;
	return 0;
}

/**
 * konoha_buffer_printf() - adds formatted text, cut at 256 bytes
 * @buffer: the buffer; left as it is when memory is short
 * @format: as for printk
 */
void konoha_buffer_printf(struct konoha_buffer *buffer, const char *format, ...)
{
	char text[256];
	va_list args;
	int len;

	va_start(args, format);
	len = vscnprintf(text, sizeof(text), format, args);
	va_end(args);
	konoha_buffer_append(buffer, text, len);
}

/**
 * konoha_buffer_take() - moves bytes from the front into user memory
 * @buffer: the buffer, which the caller's lock guards
 * @to: where they go
 * @count: how many, at most
 *
 * Return: bytes moved, 0 at the end; -EFAULT (then the buffer is as it was).
 */
ssize_t konoha_buffer_take(struct konoha_buffer *buffer, char __user *to, size_t count)
{
	count = min(count, buffer->len);
	if (!count)
		return 0;
	if (copy_to_user(to, buffer->data, count))
		return -EFAULT;
	buffer->len -= count;
	memmove(buffer->data, buffer->data + count, buffer->len);
	return count;
}

/**
 * konoha_buffer_free() - gives the bytes back; the buffer is then empty
 * @buffer: the buffer
 */
void konoha_buffer_free(struct konoha_buffer *buffer)
{
	kvfree(buffer->data);
	*buffer = (struct konoha_buffer){};
}
