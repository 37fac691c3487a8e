#include <stdio.h>
#include <stdlib.h>

static long tarai(long x, long y, long z)
{
	if (x <= y)
		return y;
	return tarai(tarai(x - 1, y, z), tarai(y - 1, z, x), tarai(z - 1, x, y));
}

int main(int argc, char **argv)
{
	(void)argc;
	printf("%ld\n", tarai(atol(argv[1]), atol(argv[2]), atol(argv[3])));
	return 0;
}
