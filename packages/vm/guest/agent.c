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
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_LINE (4u << 20)	/* a request or reply: 1 MiB of data in hex, and room */
#define MAX_OUTPUT (1u << 20)	/* of a shell command; what comes after is read and dropped */
#define MAX_WORDS 8
#define MAX_PROCESSES 64
#define NAME_LENGTH 16

struct line_reader {
	int fd;
	char *text;
	size_t used;
};

struct process {
	char name[NAME_LENGTH];
	pid_t pid;		/* also its process group; 0: free entry */
	int requests, replies;
	struct line_reader reader;
	bool exited;
	int status;
};

struct result {
	long value;
	int error;
	void *data;
	size_t length;
};

static struct process processes[MAX_PROCESSES];
static int port;

static void die(const char *what)
{
	dprintf(2, "agent: %s: %s\n", what, strerror(errno));
	_exit(127);
}

/* Returns false if nobody reads any more: the process at the other end was killed. */
static bool send_all(int fd, const char *text, size_t length)
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

static void write_all(int fd, const char *text, size_t length)
{
	if (!send_all(fd, text, length))
		die("cannot write a reply");
}

/* Reads what is there; false at end of file. Complete lines are handed to `take` without their newline. */
static bool read_lines(struct line_reader *r, void (*take)(char *line, void *context), void *context)
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

static int hex_digit(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* Decodes in place and ends the text with a NUL; returns the length. */
static size_t unhex(char *text)
{
	size_t n = 0;

	if (!strcmp(text, "-"))
		*text = 0;
	for (char *p = text; isxdigit((unsigned char)p[0]) && isxdigit((unsigned char)p[1]); p += 2)
		text[n++] = hex_digit(p[0]) << 4 | hex_digit(p[1]);
	text[n] = 0;
	return n;
}

static void reply(int fd, const char *id, const struct result *r, long microseconds)
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

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static void set(struct result *r, long value)
{
	r->value = value;
	r->error = value < 0 ? errno : 0;
}

/* Runs `bash -c COMMAND`; the value is its exit status, 128 + N for a signal N; the data is what it wrote. */
static void shell(struct result *r, const char *command)
{
	int out[2], status, pidfd;
	pid_t pid;
	char *buffer = malloc(MAX_OUTPUT), dropped[4096];
	bool ended = false;

	if (!buffer || pipe2(out, O_CLOEXEC)) {
		set(r, -1);
		return;
	}
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDONLY);

		dup2(null, 0);
		dup2(out[1], 1);
		dup2(out[1], 2);
		execl("/bin/bash", "bash", "-c", command, NULL);
		die("cannot run /bin/bash");
	}
	close(out[1]);
	pidfd = pid < 0 ? -1 : syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0) {
		set(r, -1);
		close(out[0]);
		return;
	}
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	r->data = buffer;
	/* The end is the shell's end, not the pipe's: a command left in the background may hold the pipe. */
	while (!ended) {
		struct pollfd p[] = { { .fd = out[0], .events = POLLIN }, { .fd = pidfd, .events = POLLIN } };
		ssize_t n;

		poll(p, 2, -1);
		ended = p[1].revents;
		do {
			size_t room = MAX_OUTPUT - r->length;

			n = room ? read(out[0], buffer + r->length, room) : read(out[0], dropped, sizeof(dropped));
			if (n > 0 && room)
				r->length += n;
		} while (n > 0);
		if (n == 0 && !ended) {
			poll(&p[1], 1, -1);
			ended = true;
		}
	}
	waitpid(pid, &status, 0);
	close(pidfd);
	close(out[0]);
	r->value = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Gives a person a login shell on the serial console, with job control; the value is its exit status. */
static void console(struct result *r, const char *device)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		int fd;

		setsid();
		/* The first terminal that a session leader opens becomes its controlling one. */
		fd = open(device, O_RDWR);
		if (fd < 0)
			die(device);
		for (int i = 0; i < 3; i++)
			dup2(fd, i);
		if (chdir("/root"))
			die("/root");
		execl("/bin/bash", "-bash", "--login", NULL);
		die("cannot run /bin/bash");
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0) {
		set(r, -1);
		return;
	}
	r->value = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* An address that no program should hand over, for n bytes; NULL is one of them. */
static void *place(const char *name, size_t n)
{
	size_t page = sysconf(_SC_PAGESIZE), size = (n + page) & ~(page - 1);
	bool readonly = !strcmp(name, "readonly"), half = !strcmp(name, "half");
	char *p;

	if (!strcmp(name, "null"))
		return NULL;
	if (!strcmp(name, "kernel"))
		return (void *)0xffffffff81000000ul;
	p = mmap(NULL, 2 * size, readonly ? PROT_READ : PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		die("no memory for a place");
	if (readonly)
		return p;
	/* "half": its first half is there, the other is not. */
	munmap(half ? p + size : p, half ? size : 2 * size);
	return half ? p + size - n / 2 : p;
}

/* Gives the pages of a registered range their contents, the first one late. Never returns. */
static void serve_pages(int faults, char *range, const char *contents, size_t page, long delay)
{
	struct uffd_msg m;

	while (read(faults, &m, sizeof(m)) == sizeof(m)) {
		unsigned long at = m.arg.pagefault.address & ~(page - 1);
		struct uffdio_copy copy = {
			.dst = at,
			.src = (unsigned long)contents + (at - (unsigned long)range),
			.len = page,
		};

		usleep(delay);
		delay = 0;
		ioctl(faults, UFFDIO_COPY, &copy);
	}
	_exit(0);
}

/*
 * Reads or writes with a buffer none of whose pages is there: another process brings them, the first one after
 * `delay` us. The kernel waits for it in the middle of its copy.
 */
static void slow(struct result *r, int fd, const char *data, size_t n, long delay)
{
	size_t page = sysconf(_SC_PAGESIZE), size = (n + page) & ~(page - 1);
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	char *buffer = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *contents = calloc(1, size);
	int faults = syscall(SYS_userfaultfd, O_CLOEXEC);
	pid_t helper;

	range.range.start = (unsigned long)buffer;
	range.range.len = size;
	if (buffer == MAP_FAILED || !contents || faults < 0 || ioctl(faults, UFFDIO_API, &api) ||
	    ioctl(faults, UFFDIO_REGISTER, &range)) {
		set(r, -1);
		return;
	}
	if (data)
		memcpy(contents, data, n);
	helper = fork();
	if (helper == 0)
		serve_pages(faults, buffer, contents, page, delay);
	set(r, helper < 0 ? -1 : data ? write(fd, buffer, n) : read(fd, buffer, n));
	if (!data && r->value > 0) {
		r->length = r->value;
		r->data = memcpy(malloc(n), buffer, r->length);
	}
	if (helper > 0) {
		kill(helper, SIGKILL);
		waitpid(helper, NULL, 0);
	}
	close(faults);
	munmap(buffer, size);
	free(contents);
}

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

#define MAX_ERRNO 134

/* What the processes of `stress` have seen, in memory that they share. */
struct stress {
	long rounds;
	long errors[MAX_ERRNO];
};

/* Opens, writes, reads, closes, until the time is over. */
static void stress_process(struct stress *seen, const char *path, int flags, long until)
{
	long rounds = 0, ok;
	char buffer[256];

	do {
		int fd = open(path, flags), error = fd < 0 ? errno : 0;

		if (fd >= 0) {
			if ((flags & O_ACCMODE) != O_RDONLY && write(fd, "x", 1) < 0)
				error = errno;
			if (!error && (flags & O_ACCMODE) != O_WRONLY && read(fd, buffer, sizeof(buffer)) < 0)
				error = errno;
			if (close(fd) && !error)
				error = errno;
		}
		ok = error < MAX_ERRNO ? error : MAX_ERRNO - 1;
		__atomic_add_fetch(&seen->errors[ok], 1, __ATOMIC_RELAXED);
		rounds++;
	} while (now_us() < until);
	__atomic_add_fetch(&seen->rounds, rounds, __ATOMIC_RELAXED);
	_exit(0);
}

/*
 * The value is the number of rounds; the data a word a line: "ok", errnos, "died" if a process did not end by itself.
 * Each process has at least one round.
 */
static void stress(struct result *r, const char *path, int flags, int processes, long ms)
{
	struct stress *seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long until = now_us() + ms * 1000;
	int started = 0, status, failed = 0;

	if (seen == MAP_FAILED) {
		set(r, -1);
		return;
	}
	for (; started < processes; started++) {
		pid_t pid = fork();

		if (pid == 0)
			stress_process(seen, path, flags, until);
		if (pid < 0) {
			set(r, -1);
			break;
		}
	}
	while (started-- > 0)
		if (waitpid(-1, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
			failed++;
	r->data = calloc(MAX_ERRNO + 1, 24);
	for (int i = 0; i < MAX_ERRNO; i++) {
		const char *name = i ? strerrorname_np(i) : "ok";

		if (seen->errors[i])
			r->length += sprintf((char *)r->data + r->length, "%s\n", name ? name : "EUNKNOWN");
	}
	if (failed)
		r->length += sprintf((char *)r->data + r->length, "died\n");
	if (!r->error)
		r->value = seen->rounds;
	munmap(seen, sizeof(*seen));
}

static void perform(struct result *r, int words, char **w);

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

/* Splits at single spaces; returns the number of words. */
static int split(char *line, char **words)
{
	int n = 0;

	for (char *w = strsep(&line, " "); w && n < MAX_WORDS; w = strsep(&line, " "))
		words[n++] = w;
	return n;
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

static void process_main(const char *name, int requests, int replies)
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
