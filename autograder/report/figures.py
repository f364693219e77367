"""Small pictures as SVG, drawn from results alone; colours come from the page's style sheet."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from autograder.model.result import Counterexample

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 72, 16, 20, 48
BINS = 10
MOST_TEXT = 4000
"""Longer values are no vectors that a picture could show."""
FEWEST, MOST = 3, 60
"""A picture helps with at least three numbers, and with no more than can be distinguished."""


def histogram(scores: Sequence[float], total: float) -> Markup:
    """How many submissions lie in each tenth of the points; the last bar holds the full score too."""
    counts = [0] * BINS
    for score in scores:
        share = score / total if total else 0.0
        counts[min(max(int(share * BINS + 1e-9), 0), BINS - 1)] += 1
    highest = max(counts, default=0) or 1
    edges = [total * i / BINS for i in range(BINS + 1)]
    width, height = (WIDTH - LEFT - RIGHT) / BINS, HEIGHT - TOP - BOTTOM
    parts = []
    for i, count in enumerate(counts):
        x, tall = LEFT + i * width, height * count / highest
        y = TOP + height - tall
        parts.append(f'<rect class="bar" x="{x + 2:.1f}" y="{y:.1f}" width="{width - 4:.1f}" height="{tall:.1f}"/>')
        if count:
            parts.append(f'<text class="count" x="{x + width / 2:.1f}" y="{y - 3:.1f}">{count}</text>')
    parts += [
        f'<text class="tick" x="{LEFT + i * width:.1f}" y="{HEIGHT - 22}">{edge:g}</text>'
        for i, edge in enumerate(edges)
    ]
    parts.append(f'<text class="tick" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 2}">points</text>')
    shares = "; ".join(
        f"{edges[i]:g} to {'' if i == BINS - 1 else 'below '}{edges[i + 1]:g} points: {count}"
        for i, count in enumerate(counts)
        if count
    )
    return _svg(parts, f"Number of submissions by score. {shares or 'None was graded.'}")


def comparison(example: Counterexample) -> Markup | None:
    """Returned against expected numbers, index by index; None where a picture would not help."""
    got, expected = numbers(example.got), numbers(example.expected)
    if got is None or expected is None or len(got) != len(expected) or not FEWEST <= len(got) <= MOST:
        return None
    low, high = min(*got, *expected), max(*got, *expected)
    span = high - low
    if not math.isfinite(span) or span == 0:
        return None
    height, step = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT - RIGHT) / len(got)

    def y(value: float) -> float:
        return TOP + height * (high - value) / span

    parts = [
        f'<line class="axis" x1="{LEFT}" y1="{y(v):.1f}" x2="{WIDTH - RIGHT}" y2="{y(v):.1f}"/>'
        f'<text class="scale" x="{LEFT - 5}" y="{y(v) + 4:.1f}">{v:.3g}</text>'
        for v in (low, high)
    ]
    every = max(1, math.ceil(len(got) / 20))
    for i, (mine, right) in enumerate(zip(got, expected, strict=True)):
        x = LEFT + step * (i + 0.5)
        parts.append(f'<line class="gap" x1="{x:.1f}" y1="{y(mine):.1f}" x2="{x:.1f}" y2="{y(right):.1f}"/>')
        parts.append(f'<circle class="expected" cx="{x:.1f}" cy="{y(right):.1f}" r="6"/>')
        parts.append(f'<circle class="got" cx="{x:.1f}" cy="{y(mine):.1f}" r="3.5"/>')
        if i % every == 0:
            parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 22}">{i}</text>')
    parts.append(f'<text class="tick" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 2}">index</text>')
    off = sum(not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(got, expected, strict=True))
    return _svg(parts, f"Your values (dots) and the expected ones (rings): {off} of {len(got)} differ.")


def numbers(text: str) -> list[float] | None:
    """The numbers in ``np.array([...])`` or ``[...]``; None for anything else, also a matrix or integers (labels)."""
    if len(text) > MOST_TEXT:
        return None
    literal = re.sub(r"\A(?:np\.array\()?(\[.*\])(?:, dtype=np\.\w+)?\)?\Z", r"\1", text)
    try:
        value = ast.literal_eval(literal)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    if not isinstance(value, list) or not all(isinstance(one, float) and abs(one) <= 1e300 for one in value):
        return None
    return value


def _svg(parts: Sequence[str], label: str) -> Markup:
    # Everything inside is made of numbers; the words are escaped.
    inside = "".join(parts)
    return Markup(  # noqa: S704
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">{inside}</svg>'
    )
