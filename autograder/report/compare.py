"""Two gradings side by side: whose score changed, and on which property."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult, Verdict
from autograder.report.table import points


@dataclass(frozen=True, slots=True)
class Change:
    """A property whose points changed, with what it said before and says now."""

    question: str
    title: str
    before: str
    now: str
    gained: float

    def __str__(self) -> str:
        return f"{self.question}: {self.title} {self.before} -> {self.now} ({signed(self.gained)})"


def changes(old: SubmissionResult, new: SubmissionResult) -> Iterator[Change]:
    """Every property that earns other points than before, or is worth other points, in the new order."""
    before, now = _properties(old), _properties(new)
    for name in [*now, *(n for n in before if n not in now)]:
        was, has_become = before.get(name), now.get(name)
        if _worth(was) == _worth(has_become):
            continue
        shown = has_become or was
        assert shown is not None
        gained = (has_become[1].score if has_become else 0.0) - (was[1].score if was else 0.0)
        yield Change(name[0], shown[1].title, _words(was), _words(has_become), gained)


def why(before: str | None, now: str | None) -> str:
    """The reason of a change, from the journal's keys (``checks:submission``) of the two gradings."""
    if not before or not now:
        return "unknown: one of the two was not graded, or has no journal"
    parts = [
        f"the {what} changed"
        for what, a, b in zip(("checks", "submission"), before.split(":"), now.split(":"), strict=False)
        if a != b
    ]
    return " and ".join(parts) or "nothing changed: neither the checks nor the submission"


def signed(value: float) -> str:
    """Points with their sign."""
    return f"+{points(value)}" if value >= 0 else f"-{points(-value)}"


def _properties(result: SubmissionResult) -> Mapping[tuple[str, str], tuple[QuestionResult, PropertyResult]]:
    return {(q.name, p.name): (q, p) for q in result.questions for p in q.properties}


def _worth(found: tuple[QuestionResult, PropertyResult] | None) -> tuple[float, float, bool] | None:
    return None if found is None else (found[1].score, found[1].points, found[1].verdict is Verdict.NOT_JUDGED)


def _words(found: tuple[QuestionResult, PropertyResult] | None) -> str:
    if found is None:
        return "no such check"
    q, p = found
    verdict = str(p.verdict) if p.verdict is not Verdict.FAILED else p.reason
    stand_in = f" given {' and '.join(q.given)}" if q.given and p.verdict is Verdict.PASSED else ""
    return f"{verdict}{stand_in}, {points(p.score)} of {points(p.points)}"
