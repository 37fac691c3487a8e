import sys

WORDS = 5000


def main():
    seed = 42
    counts = {}
    for _ in range(int(sys.argv[1])):
        seed = seed * 16807 % 2147483647
        word = f"w{seed % WORDS}"
        counts[word] = counts.get(word, 0) + 1
    total = sum(count * count * len(word) for word, count in counts.items())
    print(total + len(counts))


main()
