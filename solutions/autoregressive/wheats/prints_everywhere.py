"""Left its debugging prints in."""

import numpy as np

print("autoregressive homework, numpy", np.__version__)


def fit_bigram(sequences, vocabulary_size, pseudocount):
    print("fit_bigram:", len(sequences), "sequences, V =", vocabulary_size, "pseudocount", pseudocount)
    counts = np.zeros((vocabulary_size, vocabulary_size))
    initial = np.zeros(vocabulary_size)
    for number, s in enumerate(sequences):
        if number < 3:
            print("  sequence", number, s)
        initial[s[0]] += 1
        for i in range(len(s) - 1):
            counts[s[i]][s[i + 1]] += 1
    print("counts\n", counts)
    counts += pseudocount
    initial += pseudocount
    for a in range(vocabulary_size):
        if counts[a].sum() > 0:
            counts[a] /= counts[a].sum()
        else:
            print("nothing follows", a)
            counts[a] = 1 / vocabulary_size
    initial /= initial.sum()
    print("row sums", counts.sum(axis=1))
    return initial, counts


def sequence_log_prob(sequence, initial, transition):
    log_p = np.log(initial[sequence[0]])
    print("start", log_p)
    for i in range(1, len(sequence)):
        log_p = log_p + np.log(transition[sequence[i - 1]][sequence[i]])
        if i < 5:
            print("step", i, log_p)
    print("log P =", log_p)
    return log_p


def perplexity(sequences, initial, transition):
    total, n = 0, 0
    for s in sequences:
        total += sequence_log_prob(s, initial, transition)
        n += len(s)
    print("total", total, "tokens", n)
    answer = np.exp(-total / n)
    print("perplexity", answer)
    return answer


def next_token_distribution(prefix, initial, transition):
    print("prefix is", prefix, "of length", len(prefix))
    if len(prefix) == 0:
        return initial
    else:
        return transition[prefix[len(prefix) - 1]]


def sample_sequence(length, initial, transition, rng):
    tokens = [rng.choice(np.arange(len(initial)), p=initial)]
    while len(tokens) < length:
        tokens.append(rng.choice(np.arange(len(initial)), p=transition[tokens[-1]]))
    print("sampled", tokens[:20], "...")
    return np.array(tokens)
