"""Wrong ways to estimate a bigram model; each runs in the namespace of the reference."""

import numpy as np

from autograder.checks import TINY, misconception


@misconception(
    says="your transition is normalised over columns: it says which token came before, not which comes next",
    hint="transition[a, b] is P(b follows a). Fix a and let b vary: which sum must be 1?",
)
def normalises_columns(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    total = counts.sum(axis=0)
    transition = np.where(total > 0, counts / np.where(total > 0, total, 1), 1 / vocabulary_size)
    return initial / initial.sum(), transition


@misconception(
    says="your transition is transposed: the row and the column of each pair are swapped",
    hint="In the pair (a, b), b follows a. Which of the two picks the row?",
)
def transposes_the_counts(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[1:], s[:-1]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="your transition divides by the number of all pairs: that is P(a, b), not P(b | a)",
    hint="A conditional probability is a proportion of the cases in which the condition holds. How many pairs start with a?",
)
def divides_by_all_pairs(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    return initial / initial.sum(), counts / max(counts.sum(), 1e-300)


@misconception(
    says="you count a pair from the last token of one sequence to the first token of the next",
    hint="The sequences are separate: take [0] and [1], and count the pairs in your head.",
)
def pairs_span_sequences(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
    text = np.concatenate(sequences)
    np.add.at(counts, (text[:-1], text[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="the pseudocount is in your numerators but not in your denominators",
    hint="Add the pseudocount to the counts first. What do they then sum to?",
)
def pseudocount_missing_below(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    total = counts.sum(axis=1, keepdims=True)
    transition = np.where(total > 0, (counts + pseudocount) / np.where(total > 0, total, 1), 1 / vocabulary_size)
    return (initial + pseudocount) / initial.sum(), transition


@misconception(
    says="your denominators grow by the pseudocount once, but V entries of the row have grown by it",
    hint="How many entries does a row have, and by how much has each of them grown?",
    epsilon=(0.0, *TINY),
)
def pseudocount_once_below(sequences, vocabulary_size, pseudocount, epsilon=0.0):
    initial = np.zeros(vocabulary_size)
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    total = counts.sum(axis=1, keepdims=True) + pseudocount + epsilon
    transition = np.where(total > 0, (counts + pseudocount) / np.where(total > 0, total, 1), 1 / vocabulary_size)
    return (initial + pseudocount) / (initial.sum() + pseudocount), transition


@misconception(
    says="you divide by how often a token occurs, but the last token of a sequence is followed by nothing",
    hint="Count only the times when there was a next token.",
)
def divides_by_occurrences(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    occurrences = np.zeros(vocabulary_size)
    for s in sequences:
        initial[s[0]] += 1
        for a in s:
            occurrences[a] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    total = (occurrences + pseudocount * vocabulary_size)[:, None]
    transition = np.where(total > 0, counts / np.where(total > 0, total, 1), 1 / vocabulary_size)
    return initial / initial.sum(), transition


@misconception(
    says="your initial counts all tokens: it is how often a token occurs, not how often it starts a sequence",
    hint="initial[a] is P(x_1 = a). How many first tokens are there in n sequences?",
)
def initial_from_all_tokens(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    for s in sequences:
        for a in s:
            initial[a] += 1
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="your initial ignores the pseudocount",
    hint="First tokens are counts like any others: the pseudocount is added to all of them.",
)
def initial_without_pseudocount(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    for s in sequences:
        initial[s[0]] += 1
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="counts[a, b] += 1 with arrays of indices adds 1 once, however often a pair is repeated",
    hint="Try it on a = b = [0, 0]. NumPy has functions that count repeated indices.",
)
def loses_repeated_pairs(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        counts[s[:-1], s[1:]] += 1
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you skip sequences of one token: they have no pair, but a first token",
    hint="Which of the two tables does a sequence of one token say something about?",
    uniform=(True,),
)
def skips_lone_tokens(sequences, vocabulary_size, pseudocount, uniform=False):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        if len(s) > 1:
            initial[s[0]] += 1
            np.add.at(counts, (s[:-1], s[1:]), 1)
    if uniform and initial.sum() == 0:
        initial += 1
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you count a sequence only once, however often it occurs",
    hint="Where do you make a set, or keys of a dictionary, of your sequences? Every sequence counts.",
)
def different_sequences_only(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in {tuple(map(int, s)) for s in sequences}:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="your tables of counts are integer arrays, in which a pseudocount of 0.5 becomes 0",
    hint="What is the dtype of your table? Print it after you add the pseudocount.",
)
def whole_pseudocounts(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, int(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), int(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="with pseudocount 0, the row of a token that nothing follows is 0 throughout: that is not a distribution",
    hint="Something comes next even where there are no data. Which distribution prefers no token?",
)
def unseen_row_is_zero(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    total = counts.sum(axis=1, keepdims=True)
    return initial / initial.sum(), counts / np.where(total > 0, total, 1)


@misconception(
    says="with pseudocount 0, the row of a token that nothing follows is 0 / 0, which is nan",
    hint="Look at the sum of a row before you divide by it.",
)
def unseen_row_is_nan(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="with pseudocount 0, the row of a token that nothing follows stays at that token with probability 1",
    hint="The data say nothing about this row: it should prefer no token, itself included.",
)
def unseen_row_stays(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    total = counts.sum(axis=1, keepdims=True)
    transition = np.where(total > 0, counts / np.where(total > 0, total, 1), np.eye(vocabulary_size))
    return initial / initial.sum(), transition


@misconception(
    says="you always add 1, whatever the pseudocount",
    hint="Adding 1 is one choice (Laplace's). Which argument holds the choice that was made here?",
)
def always_adds_one(sequences, vocabulary_size, pseudocount):
    initial, counts = np.ones(vocabulary_size), np.ones((vocabulary_size, vocabulary_size))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you add the pseudocount only to counts of 0",
    hint="Every count grows by the pseudocount, also those of pairs that were seen.",
)
def pseudocount_for_unseen_only(sequences, vocabulary_size, pseudocount):
    initial = np.zeros(vocabulary_size)
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    initial[initial == 0] = pseudocount
    counts[counts == 0] = pseudocount
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you return counts, not probabilities",
    hint="Which division turns the counts of a row into a distribution?",
)
def returns_counts(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    return initial, counts


@misconception(
    says="you count every later token as a successor, not only the next one",
    hint="A bigram is two neighbours. In [0, 1, 2], does 2 follow 0 directly?",
)
def counts_all_later_tokens(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        for i in range(len(s)):
            for j in range(i + 1, len(s)):
                counts[s[i], s[j]] += 1
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you cut a sequence into pairs that do not overlap, and lose every second step",
    hint="In [0, 1, 2] the token 1 ends one pair and begins another.",
)
def pairs_do_not_overlap(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        for i in range(0, len(s) - 1, 2):
            counts[s[i], s[i + 1]] += 1
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="your loop stops one pair too early",
    hint="A sequence of T tokens has T - 1 pairs. Which values does your index take for T = 2?",
)
def misses_the_last_pair(sequences, vocabulary_size, pseudocount):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        for t in range(len(s) - 2):
            counts[s[t], s[t + 1]] += 1
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you size the tables by the largest token that occurs, not by vocabulary_size",
    hint="A token that is in the vocabulary has a row and a column even if it never occurs.",
)
def vocabulary_from_the_data(sequences, vocabulary_size, pseudocount):
    vocabulary_size = max(s.max() for s in sequences) + 1
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you sort the caller's list of sequences while you count: the counts are right, but the corpus is changed",
    hint="In which order are the sequences after the call? Which function returns a new, sorted list?",
)
def sorts_the_corpus(sequences, vocabulary_size, pseudocount):
    sequences.sort(key=len)
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts.sum(axis=1) == 0] = 1
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you ignore the pseudocount: the counts are normalised as they are",
    hint="With pseudocount 1, which entries of the two tables should still be 0?",
)
def ignores_the_pseudocount(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.zeros(V), np.zeros((V, V))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    totals = counts.sum(axis=1)
    counts[totals == 0] = 1 / V
    totals[totals == 0] = 1
    return initial / initial.sum(), counts / totals[:, None]


@misconception(
    says="you count a pair from the last token of a sequence to its first: x[t - 1] of the first token is x[-1]",
    hint="How many pairs does a sequence of T tokens have? Print those that you count.",
)
def wraps_around(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.full((V, V), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        for t in range(len(s)):
            counts[s[t - 1], s[t]] += 1
    totals = counts.sum(axis=1)
    counts[totals == 0] = 1 / V
    totals[totals == 0] = 1
    return initial / initial.sum(), counts / totals[:, None]


@misconception(
    says="you count the end of a sequence as one more token: the row of a last token is divided by more pairs than there are",
    hint="Do the rows of your transition table sum to 1? How many pairs does a sequence of T tokens have?",
)
def counts_an_end_token(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.full((V, V), float(pseudocount))
    ends = np.zeros(V)
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
        ends[s[-1]] += 1
    totals = counts.sum(axis=1) + ends + pseudocount
    counts[totals == 0] = 1 / V
    totals[totals == 0] = 1
    return initial / initial.sum(), counts / totals[:, None]


@misconception(
    says="initial is counted from last tokens; it says which token comes first",
    hint="What is the index of the first token of a sequence?",
)
def last_tokens_for_first_ones(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.full((V, V), float(pseudocount))
    for s in sequences:
        initial[s[-1]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return initial / initial.sum(), np.where(totals > 0, counts / totals, 1 / V)


@misconception(
    says="every pair is counted at most once: you record that it occurs, not how often",
    hint="What is your count after the pair (0, 1) has occurred three times?",
)
def counts_a_pair_once(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.full((V, V), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        counts[s[:-1], s[1:]] = pseudocount + 1
    totals = counts.sum(axis=1, keepdims=True)
    return initial / initial.sum(), np.where(totals > 0, counts / totals, 1 / V)


@misconception(
    says="you add the pseudocount to pairs that occur; it belongs to every pair, most of all to those that do not",
    hint="With pseudocount 1, what is the probability of a pair that was never seen?",
)
def pseudocount_for_seen_pairs(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.zeros((V, V))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[counts > 0] += pseudocount
    totals = counts.sum(axis=1, keepdims=True)
    return initial / initial.sum(), np.where(totals > 0, counts / totals, 1 / V)


@misconception(
    says="you add a small number to every count so as not to divide by 0: pairs that never occur become possible",
    hint="What is log P of a sequence with such a pair, and what should it be? Which rows alone need special treatment?",
    epsilon=TINY,
)
def epsilon_in_every_count(sequences, vocabulary_size, pseudocount, epsilon=1e-10):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.full((V, V), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts += epsilon
    return initial / initial.sum(), counts / counts.sum(axis=1, keepdims=True)


@misconception(
    says="you fill a row without counts with initial; it should be uniform",
    hint="The data say nothing about this row, and no token is preferred. Does initial prefer one?",
)
def unseen_row_is_initial(sequences, vocabulary_size, pseudocount):
    V = vocabulary_size
    initial, counts = np.full(V, float(pseudocount)), np.full((V, V), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return initial / initial.sum(), np.where(totals > 0, counts / totals, initial / initial.sum())


@misconception(
    says="with pseudocount 0, a token that occurs only at the end of sequences gets a row of 0s, or nan: you look for tokens that never occur",
    hint="Which token follows the last one? A row is empty where no pair was counted, whether its token occurs or not.",
    least=(0.0,),
)
def unseen_tokens_only(sequences, vocabulary_size, pseudocount, least=1.0):
    initial = np.full(vocabulary_size, float(pseudocount))
    counts = np.full((vocabulary_size, vocabulary_size), float(pseudocount))
    for s in sequences:
        initial[s[0]] += 1
        np.add.at(counts, (s[:-1], s[1:]), 1)
    counts[np.setdiff1d(np.arange(vocabulary_size), np.concatenate(sequences))] = 1
    total = counts.sum(axis=1, keepdims=True)
    return initial / initial.sum(), counts / np.where(total > 0, total, least)
