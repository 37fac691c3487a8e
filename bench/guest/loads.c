/*
 * loads ROUNDS FILE NAME
 * loads fill FILE FIRST LAST
 *
 * Loads the script in FILE that often, and unloads it by its NAME each time.
 * Prints what rounds.c prints; a round is the close of /dev/konoha behind a
 * text that has been written: all that happens until the script is ready.
 *
 * With "fill" it loads the script, which has no @Name, once under each of the
 * names fill-FIRST to fill-LAST, and leaves it there.
 *
 * Exit status: 0; 1 if something failed; 2 if called wrongly.
 */
#include <fcntl.h>
#include <unistd.h>

#include "costs.h"

#define MOST_BYTES (1 << 20)

static char text[MOST_BYTES];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static size_t contents(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text));

	if (size <= 0)
		fail(path);
	close(fd);
	return size;
}

/* Loads the text behind a head; what closing costs. */
static uint64_t load(const char *head, size_t size)
{
	int fd = open("/dev/konoha", O_WRONLY);
	ssize_t length = strlen(head);
	uint64_t start;
	int result;

	if (fd < 0 || write(fd, head, length) != length || write(fd, text, size) != (ssize_t)size)
		fail("/dev/konoha");
	start = __rdtsc();
	result = close(fd);
	start = __rdtsc() - start;
	if (result != 0)
		fail("closing /dev/konoha");
	return start;
}

static void unload(const char *name)
{
	int fd = open("/proc/konoha/unload", O_WRONLY);

	if (fd < 0 || write(fd, name, strlen(name)) < 0)
		fail("/proc/konoha/unload");
	close(fd);
}

static int fill(size_t size, long first, long last)
{
	for (long i = first; i <= last; i++) {
		char head[64];

		snprintf(head, sizeof(head), "@Name(\"fill-%ld\") ", i);
		load(head, size);
	}
	return 0;
}

int main(int argc, char **argv)
{
	long rounds = argc == 4 ? atol(argv[1]) : 0;
	struct costs costs;
	size_t size;

	if (argc == 5 && strcmp(argv[1], "fill") == 0)
		return fill(contents(argv[2]), atol(argv[3]), atol(argv[4]));
	if (rounds < 1) {
		fprintf(stderr, "usage: loads ROUNDS FILE NAME, or: loads fill FILE FIRST LAST\n");
		return 2;
	}
	size = contents(argv[2]);
	costs = costs_of(rounds);
	/* The first is not counted. */
	load("", size);
	unload(argv[3]);
	for (long i = 0; i < rounds; i++) {
		costs_add(&costs, load("", size));
		unload(argv[3]);
	}
	costs_print(&costs);
	return 0;
}
