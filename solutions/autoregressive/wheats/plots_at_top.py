"""matplotlib imported and configured at the top; plotting helpers between the answers."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

plt.rcParams["figure.figsize"] = (6, 4)


def show_transition(transition, ax=None):
    ax = ax or plt.gca()
    ax.imshow(transition, vmin=0, vmax=1)
    ax.set(xlabel="next token", ylabel="token")


def fit_bigram(sequences, vocabulary_size, pseudocount):
    firsts, _ = np.histogram([s[0] for s in sequences], bins=np.arange(vocabulary_size + 1))
    edges = np.arange(vocabulary_size + 1)
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for s in sequences:
        H, _, _ = np.histogram2d(s[:-1], s[1:], bins=[edges, edges])
        counts += H
    counts += pseudocount
    counts[counts.sum(1) == 0] += 1
    return (firsts + pseudocount) / (firsts + pseudocount).sum(), (counts.T / counts.sum(1)).T


def sequence_log_prob(sequence, initial, transition):
    steps = transition[sequence[:-1], sequence[1:]]
    return np.sum(np.log(np.hstack((initial[sequence[0]], steps))))


def perplexity(sequences, initial, transition):
    bits = np.hstack([sequence_log_prob(s, initial, transition) for s in sequences]) / np.log(2)
    return 2.0 ** (-bits.sum() / len(np.concatenate(sequences)))


def next_token_distribution(prefix, initial, transition):
    try:
        last = prefix[-1]
    except IndexError:
        return initial
    return transition[last]


def sample_sequence(length, initial, transition, rng):
    u = rng.random(length)
    seq = np.zeros(length, int)
    cdf = np.cumsum(initial)
    for t in range(length):
        seq[t] = np.searchsorted(cdf, u[t] * cdf[-1], side="right")
        cdf = np.cumsum(transition[seq[t]])
    return seq


def plot_samples(initial, transition, seed=0):
    fig, ax = plt.subplots()
    ax.step(range(50), sample_sequence(50, initial, transition, np.random.default_rng(seed)))
    return fig
