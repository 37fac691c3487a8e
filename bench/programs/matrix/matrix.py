import sys


def filled(size, down, across, modulus):
    return [[(i * down + j * across) % modulus for j in range(size)] for i in range(size)]


def product(a, b, modulus):
    size = len(a)
    rows = []
    for left in a:
        row = []
        for j in range(size):
            total = 0
            for k in range(size):
                total += left[k] * b[k][j]
            row.append(total % modulus)
        rows.append(row)
    return rows


def main():
    size, rounds = map(int, sys.argv[1:])
    a = filled(size, 7, 13, 101)
    b = filled(size, 11, 5, 103)
    for _ in range(rounds):
        a = product(a, b, 101)
    print(sum(a[i][j] * (i * size + j + 1) for i in range(size) for j in range(size)))


main()
