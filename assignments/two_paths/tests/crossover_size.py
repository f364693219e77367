"""Question crossover_size: from which training size on does the discriminative model win?"""

import numpy as np
from hypothesis import strategies as st

from autograder.checks import SEEDS, choice, decimals, expect, inputs_unchanged, prop, recipe

OK_FORMAT = False
name = "crossover_size"


@recipe(
    {"s": 1, "seed": 0},
    {"s": 2, "seed": 1},
    {"s": 3, "seed": 2},
    s=st.integers(1, 7),
    seed=SEEDS,
)
def axes(s, seed):
    """(sizes, base, gap): increasing sizes (s,), errors of one model (s,) and positive gaps (s,) to the other."""
    rng = np.random.RandomState(seed)
    sizes = np.cumsum(rng.randint(1, 30, size=s)) + 1
    return sizes.astype(np.int64), decimals(rng.uniform(0.2, 0.5, size=s)), decimals(rng.uniform(0.02, 0.15, size=s))


# Which sizes are won: a word of W (the discriminative error is lower), T (a tie) and L (it is higher). The
# last letters of the word speak of the largest sizes; a shorter axis uses the end of the word.
def errors(axis, word, places=4):
    """(sizes, discriminative errors, generative errors), all of the length of the word or shorter."""
    sizes, base, gap = (values[-len(word) :] for values in axis)
    sign = np.array([{"W": -1.0, "T": 0.0, "L": 1.0}[letter] for letter in word[-len(sizes) :]])
    return sizes, decimals(base + sign * gap, places), base


@prop(
    points=2,
    hint="If the discriminative model wins everywhere, from which size on does it win?",
    axis=axes,
)
def wins_everywhere(crossover_size, axis):
    """If the discriminative error is lower at every size, the answer is the smallest size."""
    expect(crossover_size(*errors(axis, "W" * len(axis[0]))), axis[0][0])


@prop(
    points=2,
    hint="Is the discriminative error lower at the largest size? If not, is there a crossover?",
    axis=axes,
    word=choice(["L", "LL", "WL", "WWL", "LWL", "LLLLLLL"]),
)
def loses_in_the_end(crossover_size, axis, word):
    """If the discriminative error is higher at the largest size, the answer is None."""
    expect(crossover_size(*errors(axis, word)), None)


@recipe(
    {"before": 1, "after": 1, "seed": 0},
    {"before": 2, "after": 1, "seed": 1},
    before=st.integers(1, 4),
    after=st.integers(1, 4),
    seed=SEEDS,
)
def curves_that_cross(before, after, seed):
    """(axis, before): as many sizes as ``before`` + ``after``."""
    return axes.build(s=before + after, seed=seed), before


@prop(
    points=2,
    hint="Do you return one of the sizes, or its position in the list?",
    drawn=curves_that_cross,
)
def curves_cross_once(crossover_size, drawn):
    """If the discriminative error is higher up to some size and lower from the next one on, the answer is the next one."""
    axis, before = drawn
    expect(crossover_size(*errors(axis, "L" * before + "W" * (len(axis[0]) - before))), axis[0][before])


@prop(
    points=2,
    hint="Finding a win is a start. What happens at every larger size? Could you search from the largest?",
    drawn=curves_that_cross,
)
def a_win_that_does_not_last(crossover_size, drawn):
    """An early win that is lost again at a larger size does not count."""
    (sizes, base, gap), before = drawn
    # One size more, so that there is an early win.
    axis = np.append(sizes, sizes[-1] + 1), np.append(base, base[0]), np.append(gap, gap[0])
    after = len(axis[0]) - before - 1
    expect(crossover_size(*errors(axis, "W" * before + "L" + "W" * after)), axis[0][before + 1])


@prop(
    points=1,
    hint="The error must be strictly lower, by however little. Which comparison do you use?",
    drawn=curves_that_cross,
    lower_by=choice([0.001, 0.0, 1e-9]),
)
def a_tie_is_not_a_win(crossover_size, drawn, lower_by):
    """Equal errors are not a win, and make the answer None at the largest size; an error lower by 0.001, or 1e-9, is one."""
    (sizes, base, gap), before = drawn
    after = len(sizes) - before
    if lower_by:
        narrow = sizes, base, np.full(len(sizes), lower_by)
        expect(crossover_size(*errors(narrow, "W" * (before - 1) + "T" + "W" * after, places=9)), sizes[before])
    else:
        expect(crossover_size(*errors((sizes, base, gap), "W" * before + "T" * after)), None)


leaves_its_arguments_alone = inputs_unchanged(
    "leaves_its_arguments_alone",
    "crossover_size",
    points=1,
    arguments=lambda axis, word: errors(axis, word * len(axis[0])),
    axis=axes,
    word=choice(["W", "LTW", "WT", "T"]),
)
