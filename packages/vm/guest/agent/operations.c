// SPDX-License-Identifier: MIT
/* The operations of a process: mostly one system call each. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

static void perform(struct result *r, int words, char **w);

/* What `cat > PATH` does: the first error of open, write and close. */
static void write_out(struct result *r, const char *path, const char *data, size_t length)
{
	int fd = open(path, O_WRONLY);
	long n = fd, error = 0;

	for (size_t done = 0; n >= 0 && done < length; done += n) {
		n = write(fd, data + done, length - done);
		if (!n) {
			errno = ENOSPC;
			n = -1;
		}
	}
	if (n < 0)
		error = errno;
	if (fd >= 0 && close(fd) && !error)
		error = errno;
	r->value = error ? -1 : (long)length;
	r->error = error;
}

/*
 * Performs an operation of which the nth point that can fail does (Documentation/fault-injection). Behind the data
 * comes '1' if there was such a point, '0' if not.
 */
static void fail_nth(struct result *r, const char *nth, int words, char **w)
{
	char left[24] = "", *data;
	int fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	ssize_t n;

	if (fd < 0) {
		set(r, -1);
		r->data = strdup("0");
		r->length = 1;
		return;
	}
	n = write(fd, nth, strlen(nth));
	if (n > 0) {
		perform(r, words, w);
		if (r->data && r->value > 0 && !r->length)
			r->length = r->value;
	} else {
		set(r, -1);
	}
	/* If it is this read's own turn to fail, the operation has had no such point. */
	n = pread(fd, left, sizeof(left) - 1, 0);
	if (write(fd, "0", 1) < 0)
		errno = 0;
	close(fd);
	data = realloc(r->data, r->length + 1);
	data[r->length++] = n > 0 && atoi(left) == 0 ? '1' : '0';
	r->data = data;
}

/* The operations of a process. Unknown verbs are ENOSYS, so that an old agent is noticed. */
static void perform(struct result *r, int words, char **w)
{
	const char *verb = w[0];
	long a[MAX_WORDS] = { 0 };

	for (int i = 1; i < words; i++)
		a[i] = strtol(w[i], NULL, 0);
	errno = 0;
	if (!strcmp(verb, "open") && words == 4) {
		unhex(w[1]);
		set(r, open(w[1], a[2], a[3]));
	} else if (!strcmp(verb, "read") && words == 3) {
		r->data = malloc(a[2] + 1);
		set(r, read(a[1], r->data, a[2]));
	} else if (!strcmp(verb, "pread") && words == 4) {
		r->data = malloc(a[2] + 1);
		set(r, pread(a[1], r->data, a[2], a[3]));
	} else if (!strcmp(verb, "write") && words == 3) {
		size_t n = unhex(w[2]);

		set(r, write(a[1], w[2], n));
	} else if (!strcmp(verb, "pwrite") && words == 4) {
		size_t n = unhex(w[2]);

		set(r, pwrite(a[1], w[2], n, a[3]));
	} else if (!strcmp(verb, "lseek") && words == 4) {
		set(r, lseek(a[1], a[2], a[3]));
	} else if (!strcmp(verb, "poll") && words == 4) {
		struct pollfd p = { .fd = a[1], .events = a[2] };
		int n = poll(&p, 1, a[3]);

		set(r, n < 0 ? n : p.revents);
	} else if (!strcmp(verb, "close") && words == 2) {
		set(r, close(a[1]));
	} else if (!strcmp(verb, "dup") && words == 2) {
		set(r, dup(a[1]));
	} else if (!strcmp(verb, "fsync") && words == 2) {
		set(r, fsync(a[1]));
	} else if (!strcmp(verb, "ioctl") && words == 4) {
		size_t n = unhex(w[3]);

		/* The buffer is handed over as it is, and what the driver left in it comes back. */
		set(r, ioctl(a[1], strtoul(w[2], NULL, 0), w[3]));
		r->data = memcpy(malloc(n + 1), w[3], n);
		r->length = n;
		return;
	} else if (!strcmp(verb, "ioctl-value") && words == 4) {
		set(r, ioctl(a[1], strtoul(w[2], NULL, 0), strtoul(w[3], NULL, 0)));
	} else if (!strcmp(verb, "read-at") && words == 4) {
		set(r, read(a[1], place(w[3], a[2]), a[2]));
	} else if (!strcmp(verb, "write-at") && words == 4) {
		set(r, write(a[1], place(w[3], a[2]), a[2]));
	} else if (!strcmp(verb, "ioctl-at") && words == 4) {
		set(r, ioctl(a[1], strtoul(w[2], NULL, 0), place(w[3], 4096)));
	} else if (!strcmp(verb, "read-slow") && words == 4) {
		slow(r, a[1], NULL, a[2], a[3]);
	} else if (!strcmp(verb, "write-slow") && words == 4) {
		size_t n = unhex(w[2]);

		slow(r, a[1], w[2], n, a[3]);
	} else if (!strcmp(verb, "write-file") && words == 3) {
		size_t n;

		unhex(w[1]);
		n = unhex(w[2]);
		write_out(r, w[1], w[2], n);
	} else if (!strcmp(verb, "stress") && words == 5) {
		unhex(w[1]);
		stress(r, w[1], a[2], a[3], a[4]);
		return;
	} else if (!strcmp(verb, "fail-nth") && words >= 3) {
		fail_nth(r, w[1], words - 2, w + 2);
		return;
	} else if (!strcmp(verb, "sleep") && words == 2) {
		set(r, usleep(a[1]));
	} else if (!strcmp(verb, "exit") && words == 2) {
		_exit(a[1]);
	} else if (!strcmp(verb, "setuid") && words == 2) {
		set(r, setgroups(0, NULL) || setgid(a[1]) || setuid(a[1]) ? -1 : 0);
	} else if (!strcmp(verb, "shell") && words == 2) {
		unhex(w[1]);
		shell(r, w[1]);
		return;
	} else if (!strcmp(verb, "console") && words == 2) {
		unhex(w[1]);
		console(r, w[1]);
	} else {
		r->value = -1;
		r->error = ENOSYS;
	}
	if (r->data && r->value > 0 && !r->length)
		r->length = r->value;
}

static void process_line(char *line, void *context)
{
	int replies = *(int *)context;
	struct result r = { 0 };
	char *words[MAX_WORDS];
	int n = split(line, words);
	long start = now_us();

	if (n >= 3)
		perform(&r, n - 2, words + 2);
	else
		r.error = EINVAL;
	reply(replies, words[0], &r, now_us() - start);
	free(r.data);
}

void process_main(const char *name, int requests, int replies)
{
	struct line_reader reader = { .fd = requests };
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* Scripts see this name as the caller's comm, so it must not depend on the agent's file name. */
	prctl(PR_SET_NAME, name);
	while (read_lines(&reader, process_line, &replies))
		;
	_exit(0);
}
