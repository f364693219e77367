"""What each property is for: the wrong answers that it catches, and those that nothing else catches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from autograder.audit.judging import Judged
from autograder.audit.margins import Property
from autograder.checks.judging import WRONG
from autograder.checks.property import prop
from autograder.checks.question import Question

FEWEST_CASES = 2
"""A wrong answer should fail at least so many cases: with other draws a single one might be missing."""
FEWEST_PARTIAL_SCORES = 2


@dataclass(frozen=True, slots=True)
class Use:
    """What one property is good for.

    Attributes:
        key: its question and name.
        points: what it is worth.
        hidden: whether students see it only afterwards.
        misconceptions: named mistakes that it catches.
        mutants: mutants that it catches by what they answer; many raise, and so fail everything.
        alone: wrong answers that it alone catches among what it competes with: a public property among the public
            ones, since students see no others; a hidden one among all.
        apart: kinds of wrong answers, by what they fail, that could not be told from others without it: what it adds
            to partial credit and to the choice of hints.
        nearest: the smallest distance of a wrong answer that ``expect`` failed in it, in tolerances; inf without one.

    """

    key: Property
    points: float
    hidden: bool
    misconceptions: int
    mutants: int
    alone: int
    apart: int
    nearest: float

    @property
    def name(self) -> str:
        """As ``[keep]`` names it."""
        return ".".join(self.key)


def uses(questions: Sequence[Question], misconceptions: Sequence[Judged], mutants: Sequence[Judged]) -> list[Use]:
    """What every property is for, in the order of the files."""
    return [_use(q, p, misconceptions, mutants) for q in questions for p in q.properties]


def _use(q: Question, p: prop, misconceptions: Sequence[Judged], mutants: Sequence[Judged]) -> Use:
    key = (q.name, p.id)
    rivals = frozenset((q.name, r.id) for r in q.properties if r is not p and (p.hidden or not r.hidden))
    wrong = (*misconceptions, *mutants)
    caught = [j for j in wrong if key in j.failed]
    kinds = {rivals.intersection(j.failed) for j in wrong}
    told_apart = {(rivals | {key}).intersection(j.failed) for j in wrong}
    distances = [j.margins[key] for j in caught if j.margins.get(key, 0) > 1]
    return Use(
        key,
        p.points,
        p.hidden,
        misconceptions=sum(key in j.failed for j in misconceptions),
        mutants=sum(j.reasons.get(key, "").startswith(WRONG) for j in mutants),
        alone=sum(rivals.isdisjoint(j.failed) for j in caught),
        apart=len(told_apart) - len(kinds),
        nearest=min(distances, default=float("inf")),
    )


def reason(name: str, keep: Mapping[str, str]) -> str:
    """Why a property stays all the same; names in ``[keep]`` may be patterns (``"*.leaves_*"``)."""
    return keep.get(name, "") or next((keep[k] for k in keep if fnmatchcase(name, k)), "")


def problems(
    questions: Sequence[Question], found: Sequence[Use], keep: Mapping[str, str], wrong: Sequence[Judged]
) -> list[str]:
    """What is wrong with the distribution of points over properties, as messages to the author."""
    says = []
    for use in found:
        where = f"{use.key[0]}: {use.key[1]}"
        if not use.misconceptions + use.mutants:
            if not reason(use.name, keep):
                says.append(
                    f"{where} catches no wrong answer, so its {use.points:g} points go to everyone; remove it, make it "
                    f"stricter, or write the misconception that it guards against"
                )
        elif not use.alone + use.apart and not reason(use.name, keep):
            others = "others" if use.hidden else "other public properties"
            says.append(
                f"{where} catches nothing that {others} do not, and tells no mistakes apart; remove it, or give the "
                f'reason in equivalents.toml under [keep]: "{use.name}" = "..."'
            )
        elif use.alone + use.apart and use.name in keep:
            says.append(
                f"{where} catches {use.alone} and tells {use.apart} apart on its own: it needs no reason in [keep]"
            )
    for q in questions:
        scores = {round(j.scores[q.name], 6) for j in wrong if q.name in j.scores}
        partial = {s for s in scores if 0 < s < q.signature.points}
        if len(partial) < FEWEST_PARTIAL_SCORES:
            says.append(
                f"{q.name}: its wrong answers earn {_listed(scores)} of {q.signature.points:g} points; expected at "
                f"least {FEWEST_PARTIAL_SCORES} different partial scores: split what is checked into more properties"
            )
    return says


def rarely(wrong: Sequence[Judged]) -> list[Judged]:
    """Wrong answers that hardly a case catches; those that ended with their first case are not among them."""
    return [
        j
        for j in wrong
        if 0 < sum(j.failed.values()) < FEWEST_CASES and all(why.startswith(WRONG) for why in j.reasons.values())
    ]


def _listed(scores: set[float]) -> str:
    return ", ".join(f"{s:g}" for s in sorted(scores)) or "nothing"
