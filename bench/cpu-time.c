// SPDX-License-Identifier: MIT
/*
 * cpu-time PROGRAM [ARG...]: runs a program and says on standard error, in the last line, how many microseconds of
 * CPU it took, its own and the system's for it, with all its threads and the children that it waited for.
 * Ends as the program ends; status 127: it could not be started.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage usage;
	int status;
	pid_t child;

	if (argc < 2) {
		fprintf(stderr, "usage: cpu-time PROGRAM [ARG...]\n");
		return 2;
	}
	child = fork();
	if (child < 0) {
		perror("fork");
		return 127;
	}
	if (child == 0) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (wait4(child, &status, 0, &usage) != child) {
		perror("wait4");
		return 127;
	}
	fprintf(stderr, "cpu-time %lld\n",
		(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec +
			usage.ru_stime.tv_usec);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
