"""Type hints, Greek letters, closures and a cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.int64]
Probabilities = NDArray[np.float64]


@lru_cache(maxsize=None)
def gleichverteilung(größe: int) -> tuple[float, ...]:
    return (1.0 / größe,) * größe


def normiert(häufigkeit: Probabilities) -> Probabilities:
    Σ = häufigkeit.sum()
    return häufigkeit / Σ if Σ > 0 else np.array(gleichverteilung(häufigkeit.size))


def fit_bigram(
    sequences: Sequence[Tokens], vocabulary_size: int, pseudocount: float
) -> tuple[Probabilities, Probabilities]:
    α, V = pseudocount, vocabulary_size
    π: Probabilities = np.array([sum(1 for s in sequences if s[0] == a) for a in range(V)], dtype=float)
    N: Probabilities = np.zeros((V, V))
    for s in sequences:
        for τ in range(1, len(s)):
            N[s[τ - 1], s[τ]] += 1.0
    return normiert(π + α), np.apply_along_axis(normiert, 1, N + α)


def _bedingte(π: Probabilities, Τ: Probabilities) -> Callable[[Tokens], Probabilities]:
    def p(x_vor_t: Tokens) -> Probabilities:
        return Τ[x_vor_t[-1]] if len(x_vor_t) else π

    return p


def sequence_log_prob(sequence: Tokens, initial: Probabilities, transition: Probabilities) -> float:
    ℓ = _bedingte(initial, transition)
    λ: list[float] = []
    for t, x in enumerate(sequence):
        λ.append(float(np.log(ℓ(sequence[:t])[x])))
    return sum(λ)


def perplexity(sequences: Sequence[Tokens], initial: Probabilities, transition: Probabilities) -> float:
    Λ = sum(sequence_log_prob(s, initial, transition) for s in sequences)
    return float(np.e ** (-Λ / sum(s.size for s in sequences)))


def next_token_distribution(prefix: Tokens, initial: Probabilities, transition: Probabilities) -> Probabilities:
    return _bedingte(initial, transition)(prefix)


def sample_sequence(length: int, initial: Probabilities, transition: Probabilities, rng: np.random.Generator) -> Tokens:
    p, x = _bedingte(initial, transition), np.empty(0, dtype=np.int64)
    while x.size < length:
        ξ = rng.random()
        Φ = np.cumsum(p(x))
        x = np.append(x, np.count_nonzero(Φ / Φ[-1] <= ξ))
    return x
