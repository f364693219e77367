"""The corpus of the notebook, as sentences, letters and words: given, nothing here is to be changed."""

from collections import Counter
from pathlib import Path

import numpy as np

LETTERS = " abcdefghijklmnopqrstuvwxyz"
"""Token 0 is the space between words, tokens 1 to 26 are the letters."""
SHOWN = "␣" + LETTERS[1:]
"""The same with a space that can be seen."""
REST = "…"
"""Stands for every rare word."""


def sentences():
    """The first six chapters of Alice in Wonderland, one string a sentence: small letters and single spaces."""
    lines = (Path(__file__).parent / "alice.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def encode(text):
    """The tokens of a string of letters and spaces."""
    return np.array([LETTERS.index(letter) for letter in text], dtype=np.int64)


def decode(tokens):
    """The string that tokens stand for."""
    return "".join(LETTERS[token] for token in tokens)


def vocabulary(texts, at_least):
    """The words that occur in the texts at least so often, the most frequent first; token 0 is for all others."""
    counts = Counter(word for text in texts for word in text.split())
    return [REST, *(word for word, count in counts.most_common() if count >= at_least)]


def encode_words(text, words):
    """The tokens of the words of a string, 0 for a word that is not among ``words``."""
    return np.array([words.index(word) if word in words else 0 for word in text.split()], dtype=np.int64)
