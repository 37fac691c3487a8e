import sys

PIECES = 1000


def main():
    rounds = int(sys.argv[1])
    seed = 42
    hash = 0
    length = 0
    for _ in range(rounds):
        parts = []
        for i in range(PIECES):
            seed = seed * 16807 % 2147483647
            parts.append("n")
            parts.append(str(seed % 100000))
            parts.append("\n" if i % 10 == 9 else ", ")
        text = "".join(parts)
        length += len(text)
        for i in range(0, len(text), 7):
            hash = (hash * 31 + ord(text[i])) % 1000003
    print(length * 1000003 + hash)


main()
