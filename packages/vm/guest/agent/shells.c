// SPDX-License-Identifier: MIT
/* Shells: one for a command of the host's, one for a person. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_OUTPUT (1u << 20)	/* of a shell command; what comes after is read and dropped */

/* Runs `bash -c COMMAND`; the value is its exit status, 128 + N for a signal N; the data is what it wrote. */
void shell(struct result *r, const char *command)
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
void console(struct result *r, const char *device)
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
