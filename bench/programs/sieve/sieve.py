import sys


def sum_of_primes(limit):
    composite = [False] * limit
    total = 0
    for i in range(2, limit):
        if composite[i]:
            continue
        total += i
        for j in range(i * i, limit, i):
            composite[j] = True
    return total


limit, rounds = map(int, sys.argv[1:])
print(sum(sum_of_primes(limit - round) for round in range(rounds)))
