"""The audit of one assignment: everything that is asked of its checks, and what they answered."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autograder.audit import equivalence, usefulness
from autograder.audit.judging import Answer, Judged, judge
from autograder.audit.mutants import Mutant, mutants
from autograder.audit.perturbations import Outcome, Perturbation, judge_elsewhere
from autograder.audit.usefulness import Use
from autograder.checks.question import check_points
from autograder.grade import Assignment
from autograder.model.errors import AuthoringError


@dataclass(frozen=True, slots=True)
class Row:
    """The mutants of one function of the reference."""

    unit: str
    killed: int
    equivalent: int
    surviving: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    Attributes:
        name: of the assignment.
        rows: mutants by function.
        survivors: mutants that nobody caught or argued for: each a property that is missing.
        wheats: how many right answers were graded.
        misconceptions: how many named mistakes.
        uses: what each property is for.
        widest: per property, the largest distance of a right answer from what was expected, in tolerances.
        outcomes: of the perturbations.
        rare: wrong answers that a single case catches: not wrong, but worth another case.
        errors: everything that must be mended, survivors left out.
        seconds: how long it took.

    """

    name: str
    rows: tuple[Row, ...]
    survivors: tuple[Mutant, ...]
    wheats: int
    misconceptions: int
    uses: tuple[Use, ...]
    widest: dict[str, float]
    outcomes: tuple[Outcome, ...]
    rare: tuple[str, ...]
    errors: tuple[str, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether the checks are right as far as the audit can tell."""
        return not self.survivors and not self.errors


def audit(
    folder: Path,
    *,
    jobs: int = 1,
    perturbed: Sequence[Perturbation] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Audit:
    """Audit one assignment.

    Args:
        folder: the master copy.
        jobs: processes.
        perturbed: conditions under which right answers are judged again.
        progress: told what begins.

    Raises:
        AuthoringError: the assignment does not load.

    """
    started = time.monotonic()
    assignment = Assignment(folder)
    source = (folder / f"{folder.name}.py").read_text(encoding="utf-8")
    reasons = equivalence.load(folder / equivalence.FILE)
    names = tuple(q.name for q in assignment.questions)
    errors = []
    for q in assignment.questions:
        try:
            check_points(q)
        except AuthoringError as error:
            errors.append(str(error))

    wheats = {"the reference": source}
    wheats |= {p.stem: p.read_text(encoding="utf-8") for p in sorted((folder / "wheats").glob("*.py"))}
    progress(f"{len(wheats)} right answers")
    right = _judge(folder, [Answer(name, text) for name, text in wheats.items()], jobs)
    errors += _marked_down(right)

    named = [m for several in assignment.misconceptions.values() for m in several]
    progress(f"{len(named)} misconceptions")
    answers = [Answer(f"{m.question}.{m.name}", m.as_answer(source), (m.question,), quick=True) for m in named]
    wrong = _judge(folder, answers, jobs)
    errors += [f"misconception {j.id} keeps all its points: no property catches it" for j in wrong if not j.lost]

    found = mutants(source, names)
    progress(f"{len(found)} mutants")
    by_id = {j.id: j for j in _judge(folder, [Answer(m.id, m.source, m.questions, quick=True) for m in found], jobs)}
    alive = [m for m in found if not by_id[m.id].lost]
    argued = [m for m in alive if m.id in reasons.mutants]
    progress(f"{len(argued)} mutants argued to be right")
    errors += _refuted(assignment, argued, reasons)
    errors += [
        f"mutant {m.id} of {m.unit} is caught: it is not equivalent, and needs no reason in {equivalence.FILE}"
        for m in found
        if m.id in reasons.mutants and by_id[m.id].lost
    ]
    survivors = tuple(m for m in alive if m.id not in reasons.mutants)

    killed = [j for j in by_id.values() if j.lost]
    used = usefulness.uses(assignment.questions, wrong, killed)
    errors += equivalence.unknown(reasons, found, [u.name for u in used])
    errors += usefulness.problems(assignment.questions, used, reasons.keep, [*wrong, *killed])

    progress(f"right answers under {len(perturbed)} perturbations")
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(functools.partial(judge_elsewhere, folder), perturbed))
    errors += [f"{o.label}: right answer marked down: {f}" for o in outcomes for f in o.failures]
    return Audit(
        folder.name,
        rows=_rows(found, survivors, argued),
        survivors=survivors,
        wheats=len(wheats),
        misconceptions=len(named),
        uses=tuple(used),
        widest=_widest(right, outcomes),
        outcomes=tuple(outcomes),
        rare=tuple(_caught_once(j) for j in usefulness.rarely([*wrong, *killed])),
        errors=tuple(errors),
        seconds=time.monotonic() - started,
    )


def _judge(folder: Path, answers: Sequence[Answer], jobs: int) -> list[Judged]:
    order = {a.id: i for i, a in enumerate(answers)}
    return sorted(judge(folder, answers, jobs), key=lambda j: order[j.id])


def _marked_down(right: Sequence[Judged]) -> list[str]:
    said = []
    for judged in right:
        reasons = [f"{'.'.join(key)}: {why}" for key, why in judged.reasons.items()]
        if judged.lost or reasons:
            why = "; ".join(reasons) or judged.status
            said.append(f"right answer {judged.id} is marked down in {', '.join(sorted(judged.lost))}: {why}")
    return said


def _caught_once(judged: Judged) -> str:
    ((question, name),) = judged.failed
    return f"{judged.id}, by {question}.{name}"


def _refuted(assignment: Assignment, argued: Sequence[Mutant], reasons: equivalence.Reasons) -> list[str]:
    wanted = {name for m in argued for name in m.questions}
    explored = [equivalence.explore(assignment, q) for q in assignment.questions if q.name in wanted]
    said = []
    for m in argued:
        reason = reasons.mutants[m.id]
        if found := equivalence.disagreement(assignment, m, reason.agrees, explored):
            said.append(f'mutant {m.id} of {m.unit} is argued to be right ("{reason.reason}"), but {found}')
    return said


def _rows(found: Sequence[Mutant], survivors: Sequence[Mutant], argued: Sequence[Mutant]) -> tuple[Row, ...]:
    rows = []
    for unit in dict.fromkeys(m.unit for m in found):
        total, equal, alive = (sum(m.unit == unit for m in several) for several in (found, argued, survivors))
        rows.append(Row(unit, total - equal - alive, equal, alive))
    return tuple(rows)


def _widest(right: Sequence[Judged], outcomes: Sequence[Outcome]) -> dict[str, float]:
    widest: dict[str, float] = {}
    seen = [{".".join(key): ratio for key, ratio in j.margins.items()} for j in right]
    for measured in [*seen, *(o.margins for o in outcomes)]:
        for name, ratio in measured.items():
            widest[name] = max(widest.get(name, 0.0), ratio)
    return widest
