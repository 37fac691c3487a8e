/*
 * rounds WARM_UP ROUNDS [PATH]
 *
 * Opens and closes PATH that often and prints, as the guest's time-stamp
 * counter counts: "total T minimum M median M maximum M", each of the last
 * three for one round, less what two readings of the counter cost. Without
 * PATH a round is LOOPS passes through a loop of two instructions, so that
 * the host can tell whether the counter counts instructions.
 *
 * Exit status: 0; 1 if a system call failed; 2 if called wrongly.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <x86intrin.h>

#define LOOPS 10000
#define CALIBRATIONS 101

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void one_round(const char *path)
{
	int fd;

	if (!path) {
		unsigned long left = LOOPS;

		__asm__ volatile("1: dec %0\n\tjnz 1b" : "+r"(left) : : "cc");
		return;
	}
	fd = open(path, O_RDONLY);
	if (fd < 0 || close(fd) != 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
}

/* The cost of reading the counter: what would be measured of nothing. */
static uint64_t reading_cost(void)
{
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < CALIBRATIONS; i++) {
		uint64_t start = __rdtsc();
		uint64_t cost = __rdtsc() - start;

		if (cost < least)
			least = cost;
	}
	return least;
}

int main(int argc, char **argv)
{
	const char *path = argc == 4 ? argv[3] : NULL;
	long warm_up = argc > 2 ? atol(argv[1]) : -1;
	long rounds = argc > 2 ? atol(argv[2]) : 0;
	uint64_t *costs, total = 0, reading;

	if (argc > 4 || warm_up < 0 || rounds < 1) {
		fprintf(stderr, "usage: rounds WARM_UP ROUNDS [PATH]\n");
		return 2;
	}
	costs = calloc(rounds, sizeof(*costs));
	if (!costs) {
		perror("rounds");
		return 1;
	}
	/* No page of it may be touched for the first time inside a round. */
	memset(costs, 1, rounds * sizeof(*costs));
	reading = reading_cost();
	for (long i = 0; i < warm_up; i++)
		one_round(path);
	for (long i = 0; i < rounds; i++) {
		uint64_t start = __rdtsc();

		one_round(path);
		costs[i] = __rdtsc() - start - reading;
		total += costs[i];
	}
	qsort(costs, rounds, sizeof(*costs), compare);
	printf("total %llu minimum %llu median %llu maximum %llu\n", (unsigned long long)total,
	       (unsigned long long)costs[0], (unsigned long long)costs[rounds / 2],
	       (unsigned long long)costs[rounds - 1]);
	return 0;
}
