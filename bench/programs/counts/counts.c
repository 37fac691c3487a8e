#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS 5000

struct entry {
	/* NULL: free. */
	char *word;
	long count;
};

/** Open addressing, never more than half full; the room is a power of two. */
struct map {
	struct entry *entries;
	size_t room;
	size_t used;
};

static void *allocated(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (!memory)
		abort();
	return memory;
}

static size_t hash(const char *word)
{
	size_t value = 14695981039346656037u;

	for (; *word; word++)
		value = (value ^ (unsigned char)*word) * 1099511628211u;
	return value;
}

/** Where a word is, or would be. */
static struct entry *find(const struct map *map, const char *word)
{
	size_t at = hash(word) & (map->room - 1);

	while (map->entries[at].word && strcmp(map->entries[at].word, word) != 0)
		at = (at + 1) & (map->room - 1);
	return &map->entries[at];
}

static void grow(struct map *map)
{
	struct map larger = { allocated(2 * map->room, sizeof(struct entry)), 2 * map->room, map->used };

	for (size_t i = 0; i < map->room; i++)
		if (map->entries[i].word)
			*find(&larger, map->entries[i].word) = map->entries[i];
	free(map->entries);
	*map = larger;
}

static void count(struct map *map, const char *word)
{
	struct entry *entry = find(map, word);

	if (entry->word) {
		entry->count++;
		return;
	}
	if (2 * (map->used + 1) > map->room) {
		grow(map);
		entry = find(map, word);
	}
	entry->word = strdup(word);
	if (!entry->word)
		abort();
	entry->count = 1;
	map->used++;
}

int main(int argc, char **argv)
{
	long words = atol(argv[1]);
	struct map map = { allocated(16, sizeof(struct entry)), 16, 0 };
	long seed = 42;
	long total = 0;

	(void)argc;
	for (long i = 0; i < words; i++) {
		char word[24];

		seed = seed * 16807 % 2147483647;
		snprintf(word, sizeof(word), "w%ld", seed % WORDS);
		count(&map, word);
	}
	for (size_t i = 0; i < map.room; i++) {
		const struct entry *entry = &map.entries[i];

		if (entry->word)
			total += entry->count * entry->count * (long)strlen(entry->word);
		free(entry->word);
	}
	printf("%ld\n", total + (long)map.used);
	free(map.entries);
	return 0;
}
