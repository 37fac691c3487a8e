// SPDX-License-Identifier: MIT
/* Several processes at one device at once. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

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
void stress(struct result *r, const char *path, int flags, int processes, long ms)
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
