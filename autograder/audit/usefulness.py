"""Usefulness of each property: the wrong answers it catches, and those that no other property catches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from autograder.audit.candidates import CandidateResult
from autograder.audit.margins import Property
from autograder.checks.judging import WRONG
from autograder.checks.property import prop
from autograder.checks.question import Question

FEWEST_CASES = 2
"""A wrong answer should fail at least this many cases: other draws might miss a single one."""
FEWEST_PARTIAL_SCORES = 2


@dataclass(frozen=True, slots=True)
class PropertyUse:
    """Wrong answers that a property catches.

    Attributes:
        key: question and name.
        points: of the property.
        hidden: whether it is a hidden property.
        free: whether a trivial answer passes it.
        misconceptions: number of misconceptions it catches.
        mutants: number of mutants whose values it finds wrong; those that raise fail every property.
        alone: number of wrong answers that no rival catches. Rivals of a public property are the public ones, because
            students see no others; rivals of a hidden one are all.
        apart: number of further groups into which it splits wrong answers that fail the same rivals. These
            add partial scores and more specific hints.
        nearest: smallest margin of a wrong answer that fails it, in tolerances; inf without one.

    """

    key: Property
    points: float
    hidden: bool
    free: bool
    misconceptions: int
    mutants: int
    alone: int
    apart: int
    nearest: float

    @property
    def name(self) -> str:
        """Key of an entry of ``[keep]``."""
        return ".".join(self.key)


def uses(
    questions: Sequence[Question], misconceptions: Sequence[CandidateResult], mutants: Sequence[CandidateResult]
) -> list[PropertyUse]:
    """Usefulness of every property, in the order of the files.

    A wrong answer with an undecided verdict in a question counts neither for nor against the question's properties.
    """
    return [_use(q, p, _decided(misconceptions, q), _decided(mutants, q)) for q in questions for p in q.properties]


def _decided(outcomes: Sequence[CandidateResult], q: Question) -> list[CandidateResult]:
    return [j for j in outcomes if all(name != q.name for name, _ in j.undecided)]


def _use(
    q: Question, p: prop, misconceptions: Sequence[CandidateResult], mutants: Sequence[CandidateResult]
) -> PropertyUse:
    key = (q.name, p.id)
    rivals = frozenset((q.name, r.id) for r in q.properties if r is not p and (p.hidden or not r.hidden))
    wrong = (*misconceptions, *mutants)
    caught = [j for j in wrong if key in j.failed]
    kinds = {rivals.intersection(j.failed) for j in wrong}
    told_apart = {(rivals | {key}).intersection(j.failed) for j in wrong}
    named = sum(key in j.failed for j in misconceptions)
    found_wrong = sum(j.reasons.get(key, "").startswith(WRONG) for j in mutants)
    distances = [j.margins[key] for j in caught if j.margins.get(key, 0) > 1]
    return PropertyUse(
        key,
        p.points,
        p.hidden,
        p.free,
        misconceptions=named,
        mutants=found_wrong,
        alone=sum(rivals.isdisjoint(j.failed) for j in caught),
        apart=len(told_apart) - len(kinds) if named + found_wrong else 0,
        nearest=min(distances, default=float("inf")),
    )


def reason(name: str, keep: Mapping[str, str]) -> str:
    """Reason to keep a property; keys of ``[keep]`` may be patterns (``"*.leaves_*"``)."""
    return keep.get(name, "") or next((keep[k] for k in keep if fnmatchcase(name, k)), "")


def problems(
    questions: Sequence[Question],
    found: Sequence[PropertyUse],
    keep: Mapping[str, str],
    wrong: Sequence[CandidateResult],
    own: Mapping[str, str] | None = None,
) -> list[str]:
    """Messages to the author about properties that earn points without need, and about missing partial credit.

    Args:
        questions: of the assignment.
        found: what each property is for.
        keep: property or question -> why it stays.
        wrong: how wrong answers were judged.
        own: those of ``keep`` that the assignment itself gives; by default all. Of others, one too many is no message.

    """
    messages = []
    own = keep if own is None else own
    for use in found:
        where = f"{use.key[0]}: {use.key[1]}"
        if not use.misconceptions + use.mutants:
            if not reason(use.name, keep):
                messages.append(
                    f"{where} catches no wrong answer, so its {use.points:g} points go to everyone; remove it, make it "
                    f"stricter, or write the misconception that it guards against"
                )
        elif not use.alone + use.apart and not reason(use.name, keep):
            others = "others" if use.hidden else "other public properties"
            messages.append(
                f"{where} catches nothing that {others} do not, and tells no mistakes apart; remove it, or give the "
                f'reason in equivalents.toml under [keep]: "{use.name}" = "..."'
            )
        elif use.alone + use.apart and use.name in own:
            messages.append(
                f"{where} catches {use.alone} and tells {use.apart} apart on its own: it needs no reason in [keep]"
            )
    for q in questions:
        scores = {round(j.scores[q.name], 6) for j in _decided(wrong, q) if q.name in j.scores}
        partial = {s for s in scores if 0 < s < q.signature.points}
        if len(partial) < FEWEST_PARTIAL_SCORES and q.name not in keep:
            messages.append(
                f"{q.name}: its wrong answers earn {_listed(scores)} of {q.signature.points:g} points; expected at "
                f"least {FEWEST_PARTIAL_SCORES} different partial scores: split what is checked into more properties, "
                f'or give the reason in equivalents.toml under [keep]: "{q.name}" = "..."{_unpaid(q, scores)}'
            )
    return messages


def _unpaid(q: Question, scores: set[float]) -> str:
    """Why a wrong answer that passes some properties may still earn nothing."""
    free = [p.id for p in q.properties if p.free]
    if not free or 0 not in scores:
        return ""
    return f" (who passes nothing but {', '.join(free)} earns nothing: a constant or a copy of an argument would, too)"


def rarely_caught(wrong: Sequence[CandidateResult]) -> list[CandidateResult]:
    """Wrong answers that a single case catches; those that raise or time out are not among them."""
    return [j for j in wrong if not j.undecided and 0 < sum(j.failed.values()) < FEWEST_CASES and _answers(j)]


def _answers(j: CandidateResult) -> bool:
    return all(why.startswith(WRONG) for why in j.reasons.values())


def _listed(scores: set[float]) -> str:
    return ", ".join(f"{s:g}" for s in sorted(scores)) or "nothing"
