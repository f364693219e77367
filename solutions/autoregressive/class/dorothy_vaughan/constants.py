LOG_ZERO = float("-inf")


def UNIFORM(n):
    return [1 / n for _ in range(n)]
