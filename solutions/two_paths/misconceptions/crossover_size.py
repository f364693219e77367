"""Wrong answers to crossover_size, each with the sentence that names it."""

import numpy as np

from autograder.checks import misconception


@misconception(
    says="You return the first size at which the discriminative error is lower, even if it is higher again later.",
    hint="'From which on' speaks of every larger size: look at the end of the curves.",
)
def first_win(sizes, discriminative_errors, generative_errors):
    for m, d, g in zip(sizes, discriminative_errors, generative_errors):
        if d < g:
            return m
    return None


@misconception(
    says="You count equal errors as a win; strictly lower is asked for.",
    hint="At equal errors neither model is better.",
)
def ties_count(sizes, discriminative_errors, generative_errors):
    lost = np.flatnonzero(discriminative_errors > generative_errors)
    first = lost[-1] + 1 if len(lost) else 0
    return sizes[first] if first < len(sizes) else None


@misconception(
    says="You return the position in the list; the training size at that position is asked for.",
    hint="Which list does your position belong to?",
)
def index_instead_of_size(sizes, discriminative_errors, generative_errors):
    lost = np.flatnonzero(discriminative_errors >= generative_errors)
    first = lost[-1] + 1 if len(lost) else 0
    return first if first < len(sizes) else None


@misconception(
    says="Where the discriminative model never overtakes the other, you return the largest size; the answer is None.",
    hint="A model that loses at the largest size has not won from there on.",
)
def largest_size_instead_of_none(sizes, discriminative_errors, generative_errors):
    lost = np.flatnonzero(discriminative_errors >= generative_errors)
    first = lost[-1] + 1 if len(lost) else 0
    return sizes[min(first, len(sizes) - 1)]


@misconception(
    says="Where the discriminative model never overtakes the other, you return a number such as −1 or 0; the answer is None.",
    hint="Nobody can train on −1 examples: None says that there is no such size.",
    number=(0,),
)
def number_instead_of_none(sizes, discriminative_errors, generative_errors, number=-1):
    lost = np.flatnonzero(discriminative_errors >= generative_errors)
    first = lost[-1] + 1 if len(lost) else 0
    return sizes[first] if first < len(sizes) else number


@misconception(
    says="You return the size from which on the generative model wins: the two models are swapped.",
    hint="A lower error is better. Which argument must be the smaller one?",
)
def exchanges_the_models(sizes, discriminative_errors, generative_errors):
    lost = np.flatnonzero(generative_errors >= discriminative_errors)
    first = lost[-1] + 1 if len(lost) else 0
    return sizes[first] if first < len(sizes) else None


@misconception(
    says="You return the last size at which the discriminative model has not won yet: one step too early.",
    hint="The answer is a size at which the discriminative error is lower. Is it, at yours?",
)
def one_size_too_early(sizes, discriminative_errors, generative_errors):
    lost = np.flatnonzero(discriminative_errors >= generative_errors)
    if len(lost) and lost[-1] == len(sizes) - 1:
        return None
    return sizes[lost[-1]] if len(lost) else sizes[0]


@misconception(
    says="You look for a change from higher to lower, and miss a model that is lower from the first size on.",
    hint="If it wins everywhere, from which size on does it win?",
)
def needs_a_change(sizes, discriminative_errors, generative_errors):
    lower = np.asarray(discriminative_errors) < np.asarray(generative_errors)
    changes = np.flatnonzero(~lower[:-1] & lower[1:])
    return sizes[changes[-1] + 1] if len(changes) and lower[-1] else None


@misconception(
    says="You return None unless the discriminative error is lower at every size.",
    hint="Losing at small sizes is what is expected of the discriminative model; the larger ones decide.",
)
def all_or_nothing(sizes, discriminative_errors, generative_errors):
    return sizes[0] if np.all(discriminative_errors < generative_errors) else None


@misconception(
    says="You return the size at which the discriminative model is ahead by most.",
    hint="The answer is where the lead begins, not where it is largest.",
)
def largest_lead(sizes, discriminative_errors, generative_errors):
    lead = np.asarray(generative_errors) - np.asarray(discriminative_errors)
    return sizes[np.argmax(lead)] if lead[-1] > 0 else None


@misconception(
    says="You return the last size at which the discriminative model wins, not the first of its final run.",
    hint="Go back from the largest size while the discriminative error is lower. Where do you stop?",
)
def last_win(sizes, discriminative_errors, generative_errors):
    return sizes[-1] if discriminative_errors[-1] < generative_errors[-1] else None


@misconception(
    says="You interpolate between two sizes; the answer is one of the sizes that were measured.",
    hint="Between two measured sizes nothing is known.",
)
def interpolates(sizes, discriminative_errors, generative_errors):
    gap = np.asarray(discriminative_errors) - np.asarray(generative_errors)
    if gap[-1] >= 0:
        return None
    lost = np.flatnonzero(gap >= 0)
    if not len(lost):
        return sizes[0]
    i = lost[-1]
    return round(sizes[i] + (sizes[i + 1] - sizes[i]) * gap[i] / (gap[i] - gap[i + 1]))


@misconception(
    says="You let an early win stand although it is lost later, as long as the largest size is won, too.",
    hint="Every larger size counts, not just the largest.",
)
def first_win_if_last_is_won(sizes, discriminative_errors, generative_errors):
    lower = np.asarray(discriminative_errors) < np.asarray(generative_errors)
    return sizes[np.argmax(lower)] if lower[-1] else None


@misconception(
    says="You subtract one curve from the other in place: after the call the caller's errors are differences.",
    hint="Which of your operators writes into an argument? Is there a comparison that does not?",
)
def errors_changed(sizes, discriminative_errors, generative_errors):
    discriminative_errors -= generative_errors
    not_lower = np.flatnonzero(~(discriminative_errors < 0))
    first = not_lower[-1] + 1 if len(not_lower) else 0
    return int(sizes[first]) if first < len(sizes) else None


@misconception(
    says="You take for granted that the curves cross: where one model wins everywhere, an index lies outside the list.",
    hint="What does your search find if the discriminative model is lower at every size, and if it is lower at none?",
)
def takes_a_crossing_for_granted(sizes, discriminative_errors, generative_errors):
    lost = np.flatnonzero(np.asarray(discriminative_errors) >= np.asarray(generative_errors))
    return int(sizes[lost[-1] + 1])


@misconception(
    says="You return the first size at which the order of the two errors changes, in whichever direction.",
    hint="A change may also be a win that is lost. Which of the models is lower after it, and does it stay so?",
)
def first_change(sizes, discriminative_errors, generative_errors):
    order = np.sign(np.asarray(discriminative_errors) - np.asarray(generative_errors))
    changes = np.flatnonzero(np.diff(order))
    return int(sizes[changes[0] + 1]) if len(changes) else None


@misconception(
    says="You count errors that are nearly equal as a tie; strictly lower is asked for, by however little.",
    hint="One wrong label in 10,000 is a difference. Which comparison has a tolerance?",
    tolerance=(1e-8, 1e-6, 1e-4, 1e-3, 1e-2),
)
def nearly_equal_is_a_tie(sizes, discriminative_errors, generative_errors, tolerance=2e-3):
    answer = None
    for i in reversed(range(len(sizes))):
        if not discriminative_errors[i] < generative_errors[i] - tolerance:
            break
        answer = int(sizes[i])
    return answer


@misconception(
    says="You never look at the smallest size: your loop ends before it.",
    hint="Which indices does your range, or your slice, go through?",
)
def ignores_the_first_size(sizes, discriminative_errors, generative_errors):
    answer = None
    for i in range(len(sizes) - 1, 0, -1):
        if not discriminative_errors[i] < generative_errors[i]:
            break
        answer = int(sizes[i])
    return answer
