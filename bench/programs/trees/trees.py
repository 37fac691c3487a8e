import sys


class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        nodes = 1
        if self.left is not None:
            nodes += self.left.count()
        if self.right is not None:
            nodes += self.right.count()
        return nodes


def grow(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(grow(depth - 1), grow(depth - 1))


def main():
    most = int(sys.argv[1])
    old = grow(most)
    total = grow(most + 1).count()
    for depth in range(4, most + 1, 2):
        for _ in range(1 << (most - depth + 4)):
            total += grow(depth).count()
    print(total + old.count())


main()
