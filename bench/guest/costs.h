/* What rounds cost, as the guest's time-stamp counter counts. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <x86intrin.h>

#define CALIBRATIONS 101

struct costs {
	uint64_t *rounds;
	long count;
	/* The cost of reading the counter: what would be measured of nothing. */
	uint64_t reading;
};

static int costs_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Room for so many rounds; ends the program if there is none. */
static struct costs costs_of(long rounds)
{
	struct costs costs = { calloc(rounds, sizeof(uint64_t)), 0, UINT64_MAX };

	if (!costs.rounds) {
		perror("costs");
		exit(1);
	}
	/* No page of it may be touched for the first time inside a round. */
	memset(costs.rounds, 1, rounds * sizeof(uint64_t));
	for (int i = 0; i < CALIBRATIONS; i++) {
		uint64_t start = __rdtsc();
		uint64_t cost = __rdtsc() - start;

		if (cost < costs.reading)
			costs.reading = cost;
	}
	return costs;
}

static void costs_add(struct costs *costs, uint64_t cost)
{
	costs->rounds[costs->count++] = cost - costs->reading;
}

static void costs_print(struct costs *costs)
{
	uint64_t total = 0;

	for (long i = 0; i < costs->count; i++)
		total += costs->rounds[i];
	qsort(costs->rounds, costs->count, sizeof(uint64_t), costs_compare);
	printf("total %llu minimum %llu median %llu maximum %llu\n", (unsigned long long)total,
	       (unsigned long long)costs->rounds[0], (unsigned long long)costs->rounds[costs->count / 2],
	       (unsigned long long)costs->rounds[costs->count - 1]);
}
