#include <stdio.h>
#include <stdlib.h>

static long **allocated(long size)
{
	long **rows = malloc(size * sizeof(*rows));

	if (!rows)
		abort();
	for (long i = 0; i < size; i++) {
		rows[i] = malloc(size * sizeof(**rows));
		if (!rows[i])
			abort();
	}
	return rows;
}

static void released(long **rows, long size)
{
	for (long i = 0; i < size; i++)
		free(rows[i]);
	free(rows);
}

static long **filled(long size, long down, long across, long modulus)
{
	long **rows = allocated(size);

	for (long i = 0; i < size; i++)
		for (long j = 0; j < size; j++)
			rows[i][j] = (i * down + j * across) % modulus;
	return rows;
}

static long **product(long **a, long **b, long size, long modulus)
{
	long **rows = allocated(size);

	for (long i = 0; i < size; i++) {
		const long *left = a[i];

		for (long j = 0; j < size; j++) {
			long sum = 0;

			for (long k = 0; k < size; k++)
				sum += left[k] * b[k][j];
			rows[i][j] = sum % modulus;
		}
	}
	return rows;
}

int main(int argc, char **argv)
{
	long size = atol(argv[1]);
	long rounds = atol(argv[2]);
	long **a = filled(size, 7, 13, 101);
	long **b = filled(size, 11, 5, 103);
	long total = 0;

	(void)argc;
	for (long round = 0; round < rounds; round++) {
		long **next = product(a, b, size, 101);

		released(a, size);
		a = next;
	}
	for (long i = 0; i < size; i++)
		for (long j = 0; j < size; j++)
			total += a[i][j] * (i * size + j + 1);
	printf("%ld\n", total);
	released(a, size);
	released(b, size);
	return 0;
}
