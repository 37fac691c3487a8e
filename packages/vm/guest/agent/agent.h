// SPDX-License-Identifier: MIT
/*
 * The guest agent's parts: lines to and from the host (lines.c), the operations that a process performs (operations.c,
 * shells.c, memory.c, stress.c), and process 1 itself (main.c), which describes the lines.
 */
#ifndef AGENT_H
#define AGENT_H

#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>

#define MAX_WORDS 8

/* Lines that arrive on a descriptor; `text` is allocated with the first. */
struct line_reader {
	int fd;
	char *text;
	size_t used;
};

/* Of a request: its value, an errno or 0, and data that the reader of the result frees. */
struct result {
	long value;
	int error;
	void *data;
	size_t length;
};

/* lines.c */
void die(const char *what);
bool send_all(int fd, const char *text, size_t length);
void write_all(int fd, const char *text, size_t length);
bool read_lines(struct line_reader *r, void (*take)(char *line, void *context), void *context);
int split(char *line, char **words);
size_t unhex(char *text);
void set(struct result *r, long value);
void reply(int fd, const char *id, const struct result *r, long microseconds);
long now_us(void);

/* operations.c */
void process_main(const char *name, int requests, int replies);

/* shells.c */
void shell(struct result *r, const char *command);
void console(struct result *r, const char *device);

/* memory.c */
void *place(const char *name, size_t n);
void slow(struct result *r, int fd, const char *data, size_t n, long delay);

/* stress.c */
void stress(struct result *r, const char *path, int flags, int processes, long ms);

#endif
