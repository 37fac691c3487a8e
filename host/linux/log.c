// SPDX-License-Identifier: (MIT OR GPL-2.0)
/*
 * The log of scripts: a ring of whole text read through /proc/konoha/log, and
 * a rate-limited copy of it in the kernel log. Process context only.
 */
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "internal.h"

static DEFINE_SPINLOCK(ring_lock);
static char *ring;
static u32 ring_size;
static u64 ring_head;	/* bytes ever written; under ring_lock */

/**
 * konoha_log_init() - allocates the ring by the parameter `log_size`
 *
 * Return: 0 or -ENOMEM.
 */
int konoha_log_init(void)
{
	ring_size = clamp(konoha_log_size, 4096u, 16u << 20);
	ring = kvzalloc(ring_size, GFP_KERNEL);
	return ring ? 0 : -ENOMEM;
}

void konoha_log_exit(void)
{
	kvfree(ring);
}

static void ring_write_locked(const char *text, u32 len)
{
	u32 at, part;

	while (len) {
		div_u64_rem(ring_head, ring_size, &at);
		part = min(len, ring_size - at);
		memcpy(ring + at, text, part);
		ring_head += part;
		text += part;
		len -= part;
	}
}

/* The part before the next line feed; the text moves behind it. */
static size_t next_line(const char **text, size_t *len, const char **line)
{
	const char *end = memchr(*text, '\n', *len);
	size_t size = end ? end - *text : *len;

	*line = *text;
	*text += size + (end ? 1 : 0);
	*len -= size + (end ? 1 : 0);
	return size;
}

/**
 * konoha_log_line() - adds text to the ring, each line with time and name
 * @name: whose
 * @text: UTF-8, one or more lines; a line feed at its end adds no empty line
 * @len: bytes
 */
void konoha_log_line(const char *name, const char *text, size_t len)
{
	u32 micros;
	u64 seconds = div_u64_rem(ktime_get_ns() / NSEC_PER_USEC, USEC_PER_SEC, &micros);
	char head[64];
	const char *line;
	int head_len = scnprintf(head, sizeof(head), "[%5llu.%06u] %s: ", seconds, micros, name);

	do {
		size_t size = next_line(&text, &len, &line);

		spin_lock(&ring_lock);
		ring_write_locked(head, head_len);
		ring_write_locked(line, min_t(size_t, size, ring_size / 2));
		ring_write_locked("\n", 1);
		spin_unlock(&ring_lock);
	} while (len);
}

/**
 * konoha_log_copy() - the ring's text, oldest line first
 * @to: gets it
 *
 * Return: 0 or -ENOMEM.
 */
int konoha_log_copy(struct konoha_buffer *to)
{
	u32 at, part, len;
	u8 *first;
	int error = konoha_buffer_reserve(to, ring_size);

	if (error)
		return error;
	spin_lock(&ring_lock);
	len = min_t(u64, ring_head, ring_size);
	div_u64_rem(ring_head - len, ring_size, &at);
	part = min(len, ring_size - at);
	memcpy(to->data, ring + at, part);
	memcpy(to->data + part, ring, len - part);
	to->len = len;
	part = ring_head > ring_size;
	spin_unlock(&ring_lock);

	/* Once the ring has gone round, its oldest line is a part of one. */
	first = part ? memchr(to->data, '\n', len) : NULL;
	if (first) {
		len -= first + 1 - to->data;
		memmove(to->data, first + 1, len);
		to->len = len;
	}
	return 0;
}

static void print_line(const char *name, int level, const char *text, int len)
{
	if (level <= 3)
		pr_err("konoha: %s: %.*s\n", name, len, text);
	else if (level == 4)
		pr_warn("konoha: %s: %.*s\n", name, len, text);
	else if (level <= 6)
		pr_info("konoha: %s: %.*s\n", name, len, text);
	else
		_printk(KERN_DEBUG "konoha: %s: %.*s\n", name, len, text);
}

/* To the kernel log, a line at a time, with control characters made harmless. */
static void print_lines(const char *name, int level, const char *text, size_t len)
{
	char clean[KONOHA_LINE_MAX];
	const char *line;

	do {
		size_t i, size = next_line(&text, &len, &line);

		size = min(size, sizeof(clean));
		for (i = 0; i < size; i++)
			clean[i] = iscntrl(line[i]) && line[i] != '\t' ? '?' : line[i];
		print_line(name, level, clean, size);
	} while (len);
}

/**
 * konoha_log_script() - what a script says
 * @isolate: the script
 * @level: of syslog, 0 to 7; nothing is more urgent than an error (3)
 * @text: one or more lines
 * @len: bytes
 */
void konoha_log_script(struct konoha_isolate *isolate, int level, const char *text, size_t len)
{
	konoha_log_line(isolate->name, text, len);
	if (__ratelimit(&isolate->log_limit))
		print_lines(isolate->name, level, text, min_t(size_t, len, 1024));
}

/**
 * konoha_log_exception() - an exception that left a handler or the top level
 * @isolate: the script
 * @where: the handler's name
 * @text: the rendered exception: its first line goes to the kernel log, all of
 *        it to the ring
 * @len: bytes
 */
void konoha_log_exception(struct konoha_isolate *isolate, const char *where, const char *text,
			  size_t len)
{
	const char *end = memchr(text, '\n', len);

	konoha_log_line(isolate->name, text, len);
	if (__ratelimit(&isolate->error_limit)) {
		char name[KONOHA_NAME_SIZE + 16];

		scnprintf(name, sizeof(name), "%s: %s", isolate->name, where);
		print_lines(name, 4, text, end ? end - text : len);
	}
}
