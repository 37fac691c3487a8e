#include <stdio.h>
#include <stdlib.h>

static long fibo(long n)
{
	if (n < 3)
		return 1;
	return fibo(n - 1) + fibo(n - 2);
}

int main(int argc, char **argv)
{
	(void)argc;
	printf("%ld\n", fibo(atol(argv[1])));
	return 0;
}
