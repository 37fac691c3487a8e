// SPDX-License-Identifier: MIT
/* Lines to and from the host: requests in words, replies with data in hex. */
#include "agent.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_LINE (4u << 20)	/* a request or reply: 1 MiB of data in hex, and room */

void die(const char *what)
{
	dprintf(2, "agent: %s: %s\n", what, strerror(errno));
	_exit(127);
}

/* Returns false if nobody reads any more: the process at the other end was killed. */
bool send_all(int fd, const char *text, size_t length)
{
	while (length) {
		ssize_t n = write(fd, text, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, 1000);
			continue;
		}
		if (n < 0 && errno == EPIPE)
			return false;
		if (n <= 0)
			die("cannot write a reply");
		text += n;
		length -= n;
	}
	return true;
}

void write_all(int fd, const char *text, size_t length)
{
	if (!send_all(fd, text, length))
		die("cannot write a reply");
}

/* Reads what is there; false at end of file. Complete lines are handed to `take` without their newline. */
bool read_lines(struct line_reader *r, void (*take)(char *line, void *context), void *context)
{
	ssize_t n;
	char *start, *end;

	if (!r->text && !(r->text = malloc(MAX_LINE)))
		die("no memory for a line buffer");
	n = read(r->fd, r->text + r->used, MAX_LINE - r->used);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	r->used += n;
	start = r->text;
	while ((end = memchr(start, '\n', r->text + r->used - start))) {
		*end = 0;
		take(start, context);
		start = end + 1;
	}
	r->used -= start - r->text;
	memmove(r->text, start, r->used);
	if (r->used == MAX_LINE)
		die("a line is too long");
	return true;
}

/* Splits at single spaces; returns the number of words. */
int split(char *line, char **words)
{
	int n = 0;

	for (char *w = strsep(&line, " "); w && n < MAX_WORDS; w = strsep(&line, " "))
		words[n++] = w;
	return n;
}

static int hex_digit(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* Decodes in place and ends the text with a NUL; returns the length. */
size_t unhex(char *text)
{
	size_t n = 0;

	if (!strcmp(text, "-"))
		*text = 0;
	for (char *p = text; isxdigit((unsigned char)p[0]) && isxdigit((unsigned char)p[1]); p += 2)
		text[n++] = hex_digit(p[0]) << 4 | hex_digit(p[1]);
	text[n] = 0;
	return n;
}

void set(struct result *r, long value)
{
	r->value = value;
	r->error = value < 0 ? errno : 0;
}

void reply(int fd, const char *id, const struct result *r, long microseconds)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *data = r->data;
	const char *name = r->error ? strerrorname_np(r->error) : "-";
	char *line = malloc(128 + 2 * r->length);
	size_t n;

	if (!line)
		die("no memory for a reply");
	n = sprintf(line, "%s %ld %s %ld ", id, r->value, name ? name : "EUNKNOWN", microseconds);
	if (!r->length)
		line[n++] = '-';
	for (size_t i = 0; i < r->length; i++) {
		line[n++] = digits[data[i] >> 4];
		line[n++] = digits[data[i] & 15];
	}
	line[n++] = '\n';
	write_all(fd, line, n);
	free(line);
}

long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}
