"""Sums of probabilities that are kept as logarithms."""

import math


def log_sum_exp(values):
    largest = max(values)
    if math.isinf(largest):
        return largest
    return largest + math.log(sum(math.exp(v - largest) for v in values))
