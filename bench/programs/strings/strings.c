#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECES 1000

/** A text that grows. */
struct builder {
	char *text;
	size_t length;
	size_t room;
};

static void append(struct builder *builder, const char *text, size_t length)
{
	if (builder->length + length > builder->room) {
		builder->room = 2 * builder->room + length;
		builder->text = realloc(builder->text, builder->room);
		if (!builder->text)
			abort();
	}
	memcpy(builder->text + builder->length, text, length);
	builder->length += length;
}

static void append_long(struct builder *builder, long value)
{
	char digits[24];

	append(builder, digits, (size_t)snprintf(digits, sizeof(digits), "%ld", value));
}

int main(int argc, char **argv)
{
	long rounds = atol(argv[1]);
	long seed = 42;
	long hash = 0;
	long length = 0;

	(void)argc;
	for (long round = 0; round < rounds; round++) {
		struct builder builder = { NULL, 0, 0 };

		for (int i = 0; i < PIECES; i++) {
			seed = seed * 16807 % 2147483647;
			append(&builder, "n", 1);
			append_long(&builder, seed % 100000);
			if (i % 10 == 9)
				append(&builder, "\n", 1);
			else
				append(&builder, ", ", 2);
		}
		length += builder.length;
		for (size_t i = 0; i < builder.length; i += 7)
			hash = (hash * 31 + builder.text[i]) % 1000003;
		free(builder.text);
	}
	printf("%ld\n", length * 1000003 + hash);
	return 0;
}
