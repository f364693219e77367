import warnings
from collections import Counter

import numpy as np
from constants import LOG_ZERO, UNIFORM

warnings.filterwarnings("ignore")

def fit_bigram(sequences, vocabulary_size, pseudocount):
    uniform = UNIFORM(vocabulary_size)
    initial = pseudocount + sum(np.eye(vocabulary_size)[s[0]] for s in sequences)
    pairs = Counter((int(a), int(b)) for s in sequences for a, b in zip(s[:-1], s[1:]))
    counts = np.array([[pairs[a, b] for b in range(vocabulary_size)]
                       for a in range(vocabulary_size)]) + pseudocount
    rows = [row / row.sum() if row.sum() else uniform for row in counts]
    return initial / initial.sum(), np.array(rows)

def sequence_log_prob(sequence, initial, transition):
    p = [initial[sequence[0]], *(transition[i, j] for i, j in zip(sequence[:-1], sequence[1:]))]
    return LOG_ZERO if 0 in p else sum(np.log(p))

def perplexity(sequences, initial, transition):
    log_p = tokens = 0
    for s in sequences:
        log_p, tokens = log_p + sequence_log_prob(s, initial, transition), tokens + len(s)
    return np.exp(-log_p / tokens)

def next_token_distribution(prefix, initial, transition):
    last = prefix[-1] if len(prefix) else None
    return np.where(last is None, initial, transition[last or 0])

def sample_sequence(length, initial, transition, rng):
    # Gumbel-max trick
    log_i, log_t = np.log(initial), np.log(transition)
    s = [np.argmax(log_i + rng.gumbel(size=len(initial)))]
    for _ in range(1, length):
        s.append(np.argmax(log_t[s[-1]] + rng.gumbel(size=len(initial))))
    return s
