#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static long sum_of_primes(long limit)
{
	bool *composite = calloc(limit, sizeof(bool));
	long sum = 0;

	if (!composite)
		abort();
	for (long i = 2; i < limit; i++) {
		if (composite[i])
			continue;
		sum += i;
		for (long j = i * i; j < limit; j += i)
			composite[j] = true;
	}
	free(composite);
	return sum;
}

int main(int argc, char **argv)
{
	long limit = atol(argv[1]);
	long rounds = atol(argv[2]);
	long total = 0;

	(void)argc;
	for (long round = 0; round < rounds; round++)
		total += sum_of_primes(limit - round);
	printf("%ld\n", total);
	return 0;
}
