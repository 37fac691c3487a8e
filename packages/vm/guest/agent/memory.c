// SPDX-License-Identifier: MIT
/* Buffers that no program should hand over, and such as come late. */
#include "agent.h"

#include <linux/userfaultfd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

/* An address that no program should hand over, for n bytes; NULL is one of them. */
void *place(const char *name, size_t n)
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
void slow(struct result *r, int fd, const char *data, size_t n, long delay)
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
