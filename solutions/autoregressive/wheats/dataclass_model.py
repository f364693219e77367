"""A class behind the functions: the model is a frozen dataclass with methods."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class BigramModel:
    initial: np.ndarray
    transition: np.ndarray

    @classmethod
    def fit(cls, sequences, size, alpha=0.0):
        starts = np.full(size, float(alpha))
        steps = np.full((size, size), float(alpha))
        for s in sequences:
            starts[s[0]] += 1
            for a, b in zip(s, s[1:]):
                steps[a, b] += 1
        steps[~steps.any(axis=1)] = 1
        return cls(starts / starts.sum(), steps / steps.sum(axis=1)[:, None])

    @property
    def size(self):
        return self.initial.shape[0]

    def conditional(self, prefix):
        return self.transition[prefix[-1]] if len(prefix) else self.initial

    def log_prob(self, s):
        # Word by word through the conditionals, as the chain rule says.
        factors = [self.conditional(s[max(t - 1, 0) : t])[s[t]] for t in range(len(s))]
        with np.errstate(divide="ignore"):
            return np.log(factors).sum()

    def sample(self, length, rng):
        s = []
        while len(s) < length:
            s.append(rng.choice(self.size, p=self.conditional(s)))
        return np.array(s)


@dataclass
class Surprise:
    nats: float = 0.0
    tokens: int = 0

    def add(self, model, s):
        self.nats -= model.log_prob(s)
        self.tokens += len(s)
        return self


def fit_bigram(sequences, vocabulary_size, pseudocount):
    model = BigramModel.fit(sequences, vocabulary_size, alpha=pseudocount)
    return model.initial, model.transition


def sequence_log_prob(sequence, initial, transition):
    return BigramModel(initial, transition).log_prob(sequence)


def perplexity(sequences, initial, transition):
    model, surprise = BigramModel(initial, transition), Surprise()
    for s in sequences:
        surprise.add(model, s)
    return np.exp(surprise.nats / surprise.tokens)


def next_token_distribution(prefix, initial, transition):
    return BigramModel(initial, transition).conditional(prefix)


def sample_sequence(length, initial, transition, rng):
    return BigramModel(initial, transition).sample(length, rng)
