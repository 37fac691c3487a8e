// SPDX-License-Identifier: MIT
/*
 * The guest agent: performs single operations for the host and reports what happened. It judges nothing.
 *
 * One request is one line on the port, one reply is one line back:
 *
 *	request   ID PROCESS VERB [ARGUMENT...]
 *	reply     ID VALUE ERRNO MICROSECONDS HEX
 *	event     ! exit PROCESS STATUS        (STATUS as waitpid() gives it, after its whole process group is gone)
 *
 * PROCESS "-" is the agent itself; any other name is a forked process of its own, made by the verb `spawn`,
 * that performs its requests in order and may block. Text and data travel in hex, "-" stands for none.
 * ERRNO is a name such as ENODEV, or "-".
 *
 * The agent is process 1 of the guest, so it also reaps everything that is left over.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_PROCESSES 64
#define NAME_LENGTH 16

struct process {
	char name[NAME_LENGTH];
	pid_t pid;		/* also its process group; 0: free entry */
	int requests, replies;
	struct line_reader reader;
	bool exited;
	int status;
};

static struct process processes[MAX_PROCESSES];
static int port;

static struct process *find(const char *name)
{
	for (int i = 0; i < MAX_PROCESSES; i++)
		if (processes[i].pid && !strcmp(processes[i].name, name))
			return &processes[i];
	return NULL;
}

static long spawn(const char *name)
{
	int to[2], from[2];
	struct process *p = NULL;

	for (int i = 0; i < MAX_PROCESSES && !p; i++)
		if (!processes[i].pid)
			p = &processes[i];
	errno = EAGAIN;
	if (!p)
		return -1;
	errno = EEXIST;
	if (find(name) || strlen(name) >= NAME_LENGTH)
		return -1;
	if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
		return -1;
	p->pid = fork();
	if (p->pid < 0) {
		p->pid = 0;
		return -1;
	}
	if (p->pid == 0) {
		setpgid(0, 0);
		/* Out of the way, and nothing else: the first descriptor that a process opens is 3, always. */
		dup3(to[0], 1000, O_CLOEXEC);
		dup3(from[1], 1001, O_CLOEXEC);
		syscall(SYS_close_range, 3, 999, 0);
		process_main(name, 1000, 1001);
	}
	setpgid(p->pid, p->pid);
	close(to[0]);
	close(from[1]);
	strcpy(p->name, name);
	p->requests = to[1];
	p->replies = from[0];
	p->reader = (struct line_reader){ .fd = from[0] };
	p->exited = false;
	return p->pid;
}

/* Appends a whole file (of /proc, so of unknown size) to the result. */
static void append_file(struct result *r, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;

	if (fd < 0) {
		set(r, -1);
		return;
	}
	do {
		r->data = realloc(r->data, r->length + 65536);
		n = read(fd, (char *)r->data + r->length, 65536);
		if (n > 0)
			r->length += n;
	} while (n > 0);
	if (n < 0)
		set(r, -1);
	close(fd);
}

static void write_file(struct result *r, const char *path, int mode, const char *data, size_t length)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	ssize_t n = fd < 0 ? -1 : 0;

	for (size_t done = 0; n >= 0 && done < length; done += n)
		n = write(fd, data + done, length - done);
	set(r, n < 0 ? -1 : (long)length);
	if (fd >= 0)
		close(fd);
}

/* New kernel log records since the last call, as /dev/kmsg writes them, each ended by a NUL. */
static void kernel_log(struct result *r)
{
	static int fd = -1;
	char record[8192];
	ssize_t n;

	if (fd < 0)
		fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		set(r, -1);
		return;
	}
	/* EPIPE: records were overwritten before they were read; the next read goes on with the oldest kept. */
	while ((n = read(fd, record, sizeof(record))) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			n = sprintf(record, "4,0,0,-;agent: kernel log records were lost");
		record[n++] = 0;
		r->data = realloc(r->data, r->length + n);
		memcpy((char *)r->data + r->length, record, n);
		r->length += n;
		r->value++;
	}
}

/* Where a process that does not end is stuck. */
static void describe_process(struct result *r, const char *name)
{
	static const char *const files[] = { "status", "wchan", "stack" };
	struct process *p = find(name);
	char path[64];

	if (!p) {
		r->value = -1;
		r->error = ESRCH;
		return;
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		sprintf(path, "/proc/%d/%s", p->pid, files[i]);
		append_file(r, path);
	}
	set(r, 0);
}

/* The agent's own verbs. */
static void command(struct result *r, int words, char **w)
{
	const char *verb = w[0];

	errno = 0;
	if (!strcmp(verb, "spawn") && words == 2) {
		set(r, spawn(w[1]));
	} else if (!strcmp(verb, "kill") && words == 3) {
		struct process *p = find(w[1]);

		errno = ESRCH;
		set(r, p ? kill(-p->pid, atoi(w[2])) : -1);
	} else if (!strcmp(verb, "describe") && words == 2) {
		describe_process(r, w[1]);
	} else if (!strcmp(verb, "put") && words == 4) {
		size_t n;

		unhex(w[1]);
		n = unhex(w[3]);
		write_file(r, w[1], strtol(w[2], NULL, 8), w[3], n);
	} else if (!strcmp(verb, "get") && words == 2) {
		unhex(w[1]);
		append_file(r, w[1]);
	} else if (!strcmp(verb, "kernel-log") && words == 1) {
		kernel_log(r);
	} else if (!strcmp(verb, "memory") && words == 1) {
		sync();
		write_file(r, "/proc/sys/vm/drop_caches", 0, "3", 1);
		/* Folds the per-CPU differences into the totals. */
		write_file(r, "/proc/sys/vm/stat_refresh", 0, "1", 1);
		append_file(r, "/proc/meminfo");
		append_file(r, "/proc/zoneinfo");
	} else if (!strcmp(verb, "ping") && words == 1) {
		r->value = getpid();
	} else if (!strcmp(verb, "end") && words == 1) {
		sync();
		reboot(RB_AUTOBOOT);
	} else {
		r->value = -1;
		r->error = ENOSYS;
	}
}

static void pass_reply(char *line, void *context)
{
	(void)context;
	line[strlen(line)] = '\n';
	write_all(port, line, strchr(line, '\n') + 1 - line);
}

static void port_line(char *line, void *context)
{
	char *words[MAX_WORDS] = { NULL }, *id = line, *name, *rest;
	struct result r = { 0 };
	long start = now_us();

	(void)context;
	name = strchr(line, ' ');
	rest = name ? strchr(name + 1, ' ') : NULL;
	if (!rest) {
		dprintf(2, "agent: not a request: %.80s\n", line);
		return;
	}
	if (rest - name == 2 && name[1] == '-') {
		*name = 0;
		command(&r, split(rest + 1, words), words);
	} else {
		struct process *p;

		*rest = 0;
		p = find(name + 1);
		if (p) {
			*rest = ' ';
			rest[strlen(rest)] = '\n';
			/* If it has been killed, reaped or not, the report of its end answers for it. */
			send_all(p->requests, line, strchr(line, '\n') + 1 - line);
			return;
		}
		*name = 0;
		r.value = -1;
		r.error = ESRCH;
	}
	reply(port, id, &r, now_us() - start);
	free(r.data);
}

/* Reports a process once nothing of its group is left: until then its descriptors may still be open. */
static void report_ended(void)
{
	for (int i = 0; i < MAX_PROCESSES; i++) {
		struct process *p = &processes[i];
		char line[64];

		if (!p->pid || !p->exited || kill(-p->pid, 0) == 0)
			continue;
		while (read_lines(&p->reader, pass_reply, NULL))
			;
		write_all(port, line, sprintf(line, "! exit %.15s %d\n", p->name, p->status));
		close(p->requests);
		close(p->replies);
		free(p->reader.text);
		p->pid = 0;
	}
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < MAX_PROCESSES; i++)
			if (processes[i].pid == pid) {
				processes[i].exited = true;
				processes[i].status = status;
			}
	report_ended();
}

int main(int count, char **arguments)
{
	struct line_reader reader = { 0 };
	sigset_t child;
	int signals;

	if (count != 2) {
		dprintf(2, "usage: agent PORT\n");
		return 2;
	}
	port = open(arguments[1], O_RDWR | O_CLOEXEC);
	if (port < 0)
		die(arguments[1]);
	reader.fd = port;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	write_all(port, "! ready 1\n", 10);

	for (;;) {
		struct pollfd p[2 + MAX_PROCESSES] = { { .fd = port, .events = POLLIN }, { .fd = signals, .events = POLLIN } };
		struct signalfd_siginfo unused;

		for (int i = 0; i < MAX_PROCESSES; i++)
			p[2 + i] = (struct pollfd){
				.fd = processes[i].pid && !processes[i].exited ? processes[i].replies : -1,
				.events = POLLIN,
			};
		if (poll(p, 2 + MAX_PROCESSES, -1) < 0 && errno != EINTR)
			die("poll");
		for (int i = 0; i < MAX_PROCESSES; i++)
			if (p[2 + i].revents & POLLIN)
				read_lines(&processes[i].reader, pass_reply, NULL);
		if (p[1].revents) {
			while (read(signals, &unused, sizeof(unused)) > 0)
				;
			reap();
		}
		/* A port whose host has gone says POLLHUP for ever: end the guest rather than spin. */
		if (p[0].revents & (POLLHUP | POLLERR) || (p[0].revents & POLLIN && !read_lines(&reader, port_line, NULL)))
			reboot(RB_AUTOBOOT);
	}
}
