#include <stdio.h>
#include <stdlib.h>

struct tree {
	struct tree *left;
	struct tree *right;
};

static struct tree *grow(int depth)
{
	struct tree *tree = malloc(sizeof(*tree));

	if (!tree)
		abort();
	tree->left = depth == 0 ? NULL : grow(depth - 1);
	tree->right = depth == 0 ? NULL : grow(depth - 1);
	return tree;
}

static long count(const struct tree *tree)
{
	long nodes = 1;

	if (tree->left)
		nodes += count(tree->left);
	if (tree->right)
		nodes += count(tree->right);
	return nodes;
}

static void fell(struct tree *tree)
{
	if (tree->left)
		fell(tree->left);
	if (tree->right)
		fell(tree->right);
	free(tree);
}

static long count_once(int depth)
{
	struct tree *tree = grow(depth);
	long nodes = count(tree);

	fell(tree);
	return nodes;
}

int main(int argc, char **argv)
{
	int most = atoi(argv[1]);
	struct tree *old = grow(most);
	long total = count_once(most + 1);

	(void)argc;
	for (int depth = 4; depth <= most; depth += 2) {
		int rounds = 1 << (most - depth + 4);

		for (int i = 0; i < rounds; i++)
			total += count_once(depth);
	}
	printf("%ld\n", total + count(old));
	fell(old);
	return 0;
}
