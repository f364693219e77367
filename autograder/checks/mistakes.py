"""Name a known mistake on the student's machine, from fingerprints of the answers that it gives to the public checks.

Students do not get the code of misconceptions. For each misconception, and for each public check of its question, a
release holds a fingerprint: a few numbers made of every answer in the published cases. A student's answers that have
the same fingerprint in every check are the answers of that misconception.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks import question
from autograder.checks.judging import WRONG, Judgement, judge
from autograder.checks.misconceptions import Misconception
from autograder.checks.question import Question
from autograder.model.calls import Answer
from autograder.model.errors import AuthoringError, Fault
from autograder.model.result import Diagnosis, Verdict

FILE = "mistakes.json"
"""Beside the questions in a student's folder. Its texts are packed: who looks into the folder does not read them."""
_SUMS = 4
"""Sums in a fingerprint. Answer i goes into sum i modulo this number."""
_CLOSE = {"rel_tol": 1e-9, "abs_tol": 1e-12}

Fingerprint = tuple[float, ...]


def record(tests: Path, reference: Mapping[str, Any], known: Mapping[str, Sequence[Misconception]]) -> str:
    """The text of the file for a student's ``tests`` folder.

    Args:
        tests: the folder, with the published cases.
        reference: the namespace of the right answers.
        known: question -> misconceptions.

    """
    table: dict[str, list[dict[str, Any]]] = {}
    for q in question.load_all(tests)[1]:
        if q.signature.is_property or not known.get(q.name):
            continue
        right = _by_check(q, reference)
        rows: list[dict[str, Any]] = []
        for m in known[q.name]:
            seen: list[Mapping[str, Fingerprint]] = [right]
            for variant in m.variants:
                made = _by_check(q, {**reference, q.name: variant})
                if any(all(_same(made[c], other[c]) for c in made) for other in seen):
                    continue
                seen.append(made)
                wrong = [c for c in made if not _same(made[c], right[c])]
                rows.append({"name": m.name, "says": m.says, "hint": m.hint, "wrong": wrong, "checks": made})
        table[q.name] = rows
    packed = base64.b85encode(zlib.compress(json.dumps(table).encode(), 9)).decode()
    return json.dumps({"mistakes": packed}) + "\n"


def diagnose_by_fingerprint(q: Question, judged: Sequence[Judgement]) -> tuple[Diagnosis, ...]:
    """The first known mistake that gives the student's answers in all public checks of the question, if any.

    Args:
        q: of a student's folder.
        judged: its checks, all of them.

    """
    failing = {j.result.name for j in judged if j.result.reason in {WRONG, Fault.RAISED}}
    if not failing or len(judged) != len(q.properties) or any(j.result.verdict is Verdict.NOT_JUDGED for j in judged):
        return ()
    rows = _load(q.path.parent / FILE).get(q.name, ())
    if not rows:
        return ()
    ours = {j.result.name: fingerprint(q.name, j.answers) for j in judged}
    for row in rows:
        checks = row["checks"]
        if failing & set(row["wrong"]) and all(c in ours and _same(ours[c], checks[c]) for c in checks):
            return (Diagnosis(row["name"], row["says"], row["hint"]),)
    return ()


@lru_cache(maxsize=8)
def _load(path: Path) -> Mapping[str, list[dict[str, Any]]]:
    try:
        packed = json.loads(path.read_text(encoding="utf-8"))["mistakes"]
        found: dict[str, list[dict[str, Any]]] = json.loads(zlib.decompress(base64.b85decode(packed)))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise AuthoringError(f"{path}: cannot be read: {error}") from error
    return found


def _by_check(q: Question, namespace: Mapping[str, Any]) -> dict[str, Fingerprint]:
    return {p.id: fingerprint(q.name, judge(p, namespace).answers) for p in q.properties}


def fingerprint(function: str, answers: Sequence[Answer]) -> Fingerprint:
    """Numbers that are the same, up to rounding, for the same answers: what kinds they have, and weighted sums."""
    sums = [0.0] * _SUMS
    kinds = 0
    for i, answer in enumerate(a for a in answers if a.call.function == function):
        parts = [answer.fault.type_names[:1] or str(answer.fault.fault)] if answer.fault else list(_parts(answer.value))
        parts += list(_parts(answer.arguments))
        for part in parts:
            if isinstance(part, np.ndarray):
                finite = np.isfinite(part)
                shown = np.where(finite, 0.0, np.nan_to_num(part, nan=2.0, posinf=3.0, neginf=4.0))
                kinds = zlib.crc32(f"{part.shape}".encode() + shown.astype(np.int8).tobytes(), kinds)
                compressed = np.arcsinh(np.where(finite, part, 0.0)).ravel()
                weights = np.cos(np.arange(compressed.size) * 1.3 + i)
                sums[i % _SUMS] += float(compressed @ weights)
            else:
                kinds = zlib.crc32(repr(part).encode(), kinds)
    return (float(kinds), *(float(f"{s:.12g}") for s in sums))


def _parts(value: Any) -> Iterator[Any]:
    """Arrays of float64, and what is no number."""
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from _parts(item)
        return
    try:
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            yield array.astype(np.float64)
        elif array.dtype.kind == "c":
            yield from (array.real.astype(np.float64), array.imag.astype(np.float64))
        else:
            yield type(value).__name__
    except (TypeError, ValueError, OverflowError):
        yield type(value).__name__


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] == other[0] and all(math.isclose(a, b, **_CLOSE) for a, b in zip(one, other, strict=True))
