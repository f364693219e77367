"""How much two answers share beyond what was handed out, by winnowed fingerprints of their tokens (copydetect).

Names, comments, strings and layout do not count: renaming variables hides nothing. Nothing of an answer runs.
Method: Schleimer, Wilkerson & Aiken, "Winnowing: local algorithms for document fingerprinting" (SIGMOD 2003).
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.model.errors import UsageError

PASSAGE = 25
"""Shortest shared passage, in characters of the tokens; with windows of one no such passage is missed."""
LONGEST = 200_000
"""Characters of an answer that is compared; an answer has a few thousand."""
AROUND = 2
"""Lines shown before and after a passage."""

MOST_PAIRS = 100
"""Pairs that are shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer's text: shared with the other one, or not; or a place where text is left out."""

    text: str
    shared: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One answer of a pair: its name, which share of it (0 to 1) the other has too, and its text in pieces."""

    id: str
    share: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers that share much."""

    left: Side
    right: Side


def similar(
    answers: Mapping[str, str],
    handed_out: Sequence[str],
    threshold: float,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[list[Pair], int]:
    """The pairs that share at least ``threshold`` of one of the two, most alike first, and how many there are.

    Args:
        answers: Python source by id.
        handed_out: sources that all students have, such as the stubs; what they contain is not counted.
        threshold: from 0 to 1.
        progress: called with each id when the answer was compared with all before it.

    Returns:
        At most ``MOST_PAIRS`` of them: each carries both texts.

    Raises:
        UsageError: copydetect is not installed.

    """
    try:
        from copydetect import CodeFingerprint, compare_files
    except ImportError as error:
        raise UsageError(
            f"similarity needs the package copydetect ({error}); expected after: pip install '.[similarity]'"
        ) from error

    def fingerprint(source: str, known: Sequence[int] = ()) -> Any:
        return CodeFingerprint("answer.py", PASSAGE, 1, known, language="python", fp=io.StringIO(_plain(source)))

    # Unique values: copydetect removes each once.
    known = sorted(set().union(*(fingerprint(source).hashes for source in handed_out)))
    seen: dict[str, Any] = {}
    found: list[tuple[float, float, str, str]] = []
    for identity, source in answers.items():
        mine = fingerprint(source, known)
        for other, theirs in seen.items():
            shares = compare_files(theirs, mine)[1]
            if max(shares) >= threshold:
                found.append((-max(shares), -min(shares), other, identity))
        seen[identity] = mine
        progress(identity)
    pairs = []
    for *_, one, other in sorted(found)[:MOST_PAIRS]:
        names = (one, other)
        both = [seen[name] for name in names]
        _, shares, places = compare_files(*both)
        parts = zip(names, shares, both, places, strict=True)
        pairs.append(Pair(*(Side(i, float(share), _pieces(f.raw_code, at)) for i, share, f, at in parts)))
    return pairs, len(found)


def clusters(pairs: Sequence[Pair]) -> list[list[str]]:
    """Groups of three or more answers that are connected by pairs, the largest first, each sorted."""
    group: dict[str, set[str]] = {}
    for pair in pairs:
        joined = group.get(pair.left.id, {pair.left.id}) | group.get(pair.right.id, {pair.right.id})
        group |= dict.fromkeys(joined, joined)
    found = {id(members): sorted(members) for members in group.values()}
    return sorted((members for members in found.values() if len(members) > 2), key=lambda m: (-len(m), m))


def _plain(source: str) -> str:
    """The text as the lexer takes it, so that places found in its tokens are places in it."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"


def _pieces(text: str, places: Any) -> tuple[Piece, ...]:
    """The shared passages with a few lines around them; what lies between is left out."""
    shared = np.zeros(len(text), dtype=bool)
    for begin, end in np.asarray(places, dtype=int).T:
        shared[begin:end] = True
    lines = text.splitlines(keepends=True)
    ends = np.cumsum([len(line) for line in lines])
    with_shared = {
        n for n, (line, end) in enumerate(zip(lines, ends, strict=True)) if shared[end - len(line) : end].any()
    }
    pieces: list[Piece] = []
    for number, (line, end) in enumerate(zip(lines, ends, strict=True)):
        if with_shared.isdisjoint(range(number - AROUND, number + AROUND + 1)):
            if not (pieces and pieces[-1].gap):
                pieces.append(Piece("...\n", gap=True))
            continue
        marks = shared[end - len(line) : end]
        for is_shared, run in itertools.groupby(zip(marks, line, strict=True), key=lambda one: bool(one[0])):
            pieces.append(Piece("".join(character for _, character in run), shared=is_shared))
    return tuple(pieces)
