#include <stdio.h>
#include <stdlib.h>

struct body {
	long x, y, z;
	long vx, vy, vz;
	long mass;
};

static void move(struct body *body)
{
	body->x += body->vx / 10000;
	body->y += body->vy / 10000;
	body->z += body->vz / 10000;
}

static long root(long n)
{
	long guess = 67108864;

	for (;;) {
		long next = (guess + n / guess) / 2;

		if (next >= guess)
			return guess;
		guess = next;
	}
}

static void attract(struct body *a, struct body *b)
{
	long dx = a->x - b->x;
	long dy = a->y - b->y;
	long dz = a->z - b->z;
	long square = dx * dx + dy * dy + dz * dz;
	long distance = root(square);
	long reduced = square / 1000000;
	long from_a = a->mass * 1000000 / reduced;
	long from_b = b->mass * 1000000 / reduced;
	long ux = dx * 1000000 / distance;
	long uy = dy * 1000000 / distance;
	long uz = dz * 1000000 / distance;

	a->vx -= ux * from_b / 100000000;
	a->vy -= uy * from_b / 100000000;
	a->vz -= uz * from_b / 100000000;
	b->vx += ux * from_a / 100000000;
	b->vy += uy * from_a / 100000000;
	b->vz += uz * from_a / 100000000;
}

int main(int argc, char **argv)
{
	struct body bodies[] = {
		{ 0, 0, 0, 0, 0, 0, 3947841760 },
		{ 4841431, -1160320, -103622, 60632639, 281198684, -2521836, 3769367 },
		{ 8343367, 4124799, -403523, -101077435, 182566237, 841576, 1128633 },
		{ 12894370, -15111151, -223308, 108279101, 86871302, -1083264, 172372 },
		{ 15379697, -25919315, 179259, 97909073, 59469900, -3475596, 203369 },
	};
	long steps = atol(argv[1]);
	const int count = sizeof(bodies) / sizeof(bodies[0]);
	long hash = 0;

	(void)argc;
	for (long step = 0; step < steps; step++) {
		for (int i = 0; i < count; i++)
			for (int j = i + 1; j < count; j++)
				attract(&bodies[i], &bodies[j]);
		for (int i = 0; i < count; i++)
			move(&bodies[i]);
	}
	for (int i = 0; i < count; i++) {
		const struct body *b = &bodies[i];

		hash = (hash * 31 + labs(b->x) + labs(b->y) + labs(b->z)) % 1000000007;
		hash = (hash * 31 + labs(b->vx) + labs(b->vy) + labs(b->vz)) % 1000000007;
	}
	printf("%ld\n", hash);
	return 0;
}
