"""Everything is one step of the same machine, so there is one class for it."""
from __future__ import annotations

import dataclasses
from typing import Iterator, List, Tuple

import numpy as np


@dataclasses.dataclass
class Machine:
    start: np.ndarray
    step: np.ndarray
    state: int | None = None

    @property
    def now(self) -> np.ndarray:
        return self.start if self.state is None else self.step[self.state]

    def feed(self, token: int) -> float:
        p = float(self.now[token])
        self.state = int(token)
        return p

    def emit(self, rng: np.random.Generator) -> int:
        self.state = int(rng.choice(len(self.now), p=self.now))
        return self.state


def fit_bigram(sequences, vocabulary_size: int, pseudocount: float) -> Tuple[np.ndarray, np.ndarray]:
    counts = {s: np.full(vocabulary_size, float(pseudocount)) for s in [None, *range(vocabulary_size)]}
    for sequence in sequences:
        state = None
        for token in sequence.tolist():
            counts[state][token] += 1
            state = token
    for state, row in counts.items():
        counts[state] = row / row.sum() if row.any() else np.full_like(row, 1 / vocabulary_size)
    return counts[None], np.array([counts[a] for a in range(vocabulary_size)])


def _factors(sequence, initial, transition) -> Iterator[float]:
    machine = Machine(initial, transition)
    yield from (machine.feed(token) for token in sequence)


def sequence_log_prob(sequence, initial, transition) -> float:
    with np.errstate(divide="ignore"):
        return float(np.sum(np.log(list(_factors(sequence, initial, transition)))))


def perplexity(sequences, initial, transition) -> float:
    factors: List[float] = [p for s in sequences for p in _factors(s, initial, transition)]
    with np.errstate(divide="ignore"):
        return float(np.exp(-np.mean(np.log(factors))))


def next_token_distribution(prefix, initial, transition) -> np.ndarray:
    machine = Machine(initial, transition)
    for token in prefix:
        machine.feed(token)
    return machine.now


def sample_sequence(length: int, initial, transition, rng: np.random.Generator) -> np.ndarray:
    machine = Machine(initial, transition)
    return np.array([machine.emit(rng) for _ in range(length)])


if __name__ == "__main__":
    pi, A = fit_bigram([np.array([0, 1, 2, 0, 1]), np.array([2, 2])], 3, 0.5)
    print(sample_sequence(20, pi, A, np.random.default_rng(1)))
