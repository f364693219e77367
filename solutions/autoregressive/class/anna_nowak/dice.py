import random


def pick(p):
    """One token, with the probabilities p."""
    return random.choices(range(len(p)), weights=list(p))[0]
