/*
 * rounds WARM_UP ROUNDS [PATH [OPERATION [BYTES]]]
 *
 * Does an operation that often and prints, as the guest's time-stamp counter
 * counts: "total T minimum M median M maximum M", each of the last three for
 * one round, less what two readings of the counter cost. OPERATION is
 *
 *   open   opens and closes PATH; so it is if none is named
 *   read   reads BYTES from PATH, which is open
 *   write  writes BYTES to it
 *   count  ioctl 1, which gives one more each time
 *   turn   ioctl 2, which turns the two numbers of a struct around
 *
 * Each result is looked at: bytes that came or went, the count, the numbers.
 * After writes, ioctl 3 must tell how much the device has got. Without PATH a
 * round is LOOPS passes through a loop of two instructions, so that the host
 * can tell whether the counter counts instructions.
 *
 * Exit status: 0; 1 if an operation failed or gave something else; 2 if called
 * wrongly.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <x86intrin.h>

#include "costs.h"

#define LOOPS 10000

#define MOST_BYTES 65536

struct pair {
	int64_t first;
	int64_t second;
};

#define IO_COUNT _IO(0xe7, 1)
#define IO_TURN _IOWR(0xe7, 2, struct pair)
#define IO_KEPT _IO(0xe7, 3)

enum operation { LOOP, OPEN, READ, WRITE, COUNT, TURN };

static const char *const names[] = { "loop", "open", "read", "write", "count", "turn" };

static const char *path;
static enum operation operation = LOOP;
static size_t bytes;
static int fd = -1;
static long calls = -1;
static char buffer[MOST_BYTES];

static void fail(const char *what, long result)
{
	fprintf(stderr, "%s: %s gave %ld (%s)\n", path, what, result, result < 0 ? strerror(errno) : "unexpected");
	exit(1);
}

static int opened(int flags)
{
	int result = open(path, flags);

	if (result < 0)
		fail("open", result);
	return result;
}

static void loop(void)
{
	unsigned long left = LOOPS;

	__asm__ volatile("1: dec %0\n\tjnz 1b" : "+r"(left) : : "cc");
}

static void one_round(void)
{
	struct pair pair = { 1, -2 };
	long result;

	switch (operation) {
	case LOOP:
		loop();
		return;
	case OPEN:
		result = close(opened(O_RDONLY));
		if (result != 0)
			fail("close", result);
		return;
	case READ:
		result = read(fd, buffer, bytes);
		if (result != (long)bytes)
			fail("read", result);
		return;
	case WRITE:
		result = write(fd, buffer, bytes);
		if (result != (long)bytes)
			fail("write", result);
		return;
	case COUNT:
		result = ioctl(fd, IO_COUNT);
		if (result < 0 || (calls >= 0 && result != calls + 1))
			fail("the counting ioctl", result);
		calls = result;
		return;
	case TURN:
		result = ioctl(fd, IO_TURN, &pair);
		if (result != 0 || pair.first != -2 || pair.second != 1)
			fail("the turning ioctl", result);
		return;
	}
}

/* What the rounds do; 0: that is no operation. */
static int choose(int argc, char **argv)
{
	if (argc < 4)
		return 1;
	path = argv[3];
	operation = OPEN;
	for (int i = OPEN; argc > 4 && i <= TURN; i++)
		if (strcmp(argv[4], names[i]) == 0)
			operation = i;
	if (argc > 4 && strcmp(argv[4], names[operation]) != 0)
		return 0;
	bytes = argc > 5 ? strtoul(argv[5], NULL, 10) : 0;
	if (bytes > MOST_BYTES || (bytes == 0) != (operation != READ && operation != WRITE))
		return 0;
	memset(buffer, 'x', sizeof(buffer));
	if (operation != OPEN)
		fd = opened(O_RDWR);
	return 1;
}

int main(int argc, char **argv)
{
	long warm_up = argc > 2 ? atol(argv[1]) : -1;
	long rounds = argc > 2 ? atol(argv[2]) : 0;
	struct costs costs;

	if (argc > 6 || warm_up < 0 || rounds < 1 || !choose(argc, argv)) {
		fprintf(stderr, "usage: rounds WARM_UP ROUNDS [PATH [open|read BYTES|write BYTES|count|turn]]\n");
		return 2;
	}
	costs = costs_of(rounds);
	for (long i = 0; i < warm_up; i++)
		one_round();
	for (long i = 0; i < rounds; i++) {
		uint64_t start = __rdtsc();

		one_round();
		costs_add(&costs, __rdtsc() - start);
	}
	if (operation == WRITE && strcmp(path, "/dev/null") != 0 && ioctl(fd, IO_KEPT) != (int)bytes)
		fail("the ioctl for what was kept", ioctl(fd, IO_KEPT));
	costs_print(&costs);
	return 0;
}
