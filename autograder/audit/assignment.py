"""Audit one assignment: grade right and wrong answers, and report what its checks miss."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.audit import cheats, equivalents, usefulness
from autograder.audit.candidates import Candidate, CandidateResult, grade_all
from autograder.audit.cheats import CheatScore
from autograder.audit.mutants import Mutant, mutants
from autograder.audit.perturbations import Perturbation, PerturbedRun, grade_perturbed
from autograder.audit.rounding import Calls, decided_by_rounding, recorded_calls
from autograder.audit.severity import Severe, severe
from autograder.audit.usefulness import PropertyUse
from autograder.checks.composition import TAKEN_EQUIVALENTS
from autograder.checks.question import check_points
from autograder.grade import Assignment
from autograder.model.errors import LOST, AuthoringError
from autograder.source.draws import fix_draws


@dataclass(frozen=True, slots=True)
class MutantCounts:
    """Numbers of mutants of one function of the reference."""

    unit: str
    killed: int
    equivalent: int
    surviving: int


@dataclass(frozen=True, slots=True)
class Audit:
    """Findings of an audit.

    Attributes:
        name: of the assignment.
        rows: numbers of mutants, per function of the reference.
        survivors: mutants that no property catches and no entry declares equivalent; each needs a new property.
        wheats: number of right answers.
        misconceptions: number of misconceptions.
        uses: per property, what it catches.
        widest: per property, the largest margin of a right answer, in tolerances.
        perturbed_runs: right answers under each perturbation.
        trivial: the best trivial answer to each question.
        learnt: the best table of the published cases for each question.
        severe: misconceptions that lose most of their question: a slip should not fail what is about something else.
        rare: wrong answers that a single case catches. No error, but worth another case.
        errors: everything else that must be fixed.
        seconds: duration.

    """

    name: str
    rows: tuple[MutantCounts, ...]
    survivors: tuple[Mutant, ...]
    wheats: int
    misconceptions: int
    uses: tuple[PropertyUse, ...]
    widest: dict[str, float]
    perturbed_runs: tuple[PerturbedRun, ...]
    trivial: tuple[CheatScore, ...]
    learnt: tuple[CheatScore, ...]
    severe: tuple[Severe, ...]
    rare: tuple[str, ...]
    errors: tuple[str, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing needs fixing."""
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
        jobs: number of processes.
        perturbed: perturbations under which right answers are graded again.
        progress: called with a few words as each stage starts.

    Raises:
        AuthoringError: the assignment does not load.

    """
    started = time.monotonic()
    source = (folder / f"{folder.name}.py").read_text(encoding="utf-8")
    if "hypothesis" in source:
        fix_draws()  # before it loads
    assignment = Assignment(folder)
    reasons = equivalents.load(folder / equivalents.FILE)
    taken = equivalents.load(folder / TAKEN_EQUIVALENTS)
    known = equivalents.Equivalents({**taken.mutants, **reasons.mutants}, {**taken.keep, **reasons.keep})
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
    right = _grade(folder, [Candidate(name, text) for name, text in wheats.items()], jobs)
    errors += _marked_down(right)

    named = [m for several in assignment.misconceptions.values() for m in several]
    progress(f"{len(named)} misconceptions")
    answers = [Candidate(f"{m.question}.{m.name}", m.as_answer(source), (m.question,), quick=True) for m in named]
    calls = recorded_calls(assignment)
    wrong = _with_rounding(_grade(folder, answers, jobs), answers, calls)
    errors += [
        f"misconception {j.id} keeps all its points: no property catches it; write one, or remove it if it is right"
        for j in wrong
        if not j.lost
    ]
    errors += [f"misconception {j.id} does not run: {why}" for j in wrong if (why := _misspelt(j))]
    wrong = [j for j in wrong if not _misspelt(j)]

    # A property that is changed a little is another right one, as a rule: its mutants are the wrong implementations.
    computed = tuple(q.name for q in assignment.questions if not q.signature.is_property)
    found = mutants(source, computed)
    progress(f"{len(found)} mutants")
    slips = [Candidate(m.id, m.source, m.questions, quick=True) for m in found]
    by_id = {j.id: j for j in _with_rounding(_grade(folder, slips, jobs), slips, calls)}
    alive = [m for m in found if not by_id[m.id].lost]
    argued = [m for m in alive if m.id in known.mutants]
    progress(f"{len(argued)} mutants argued to be right")
    errors += _check_equivalents(assignment, argued, known)
    errors += [
        f"mutant {m.id} of {m.unit} is caught: it is not equivalent, and needs no reason in {equivalents.FILE}"
        for m in found
        if m.id in reasons.mutants and by_id[m.id].lost
    ]
    survivors = tuple(m for m in alive if m.id not in known.mutants)

    killed = [j for j in by_id.values() if j.lost]
    used = usefulness.uses(assignment.questions, wrong, killed)
    errors += equivalents.stale_entries(reasons, found, [*names, *(u.name for u in used)])
    errors += usefulness.problems(assignment.questions, used, known.keep, [*wrong, *killed], reasons.keep)

    progress("trivial answers, and a table of the published cases")
    trivial, learnt = cheats.from_trivial_answers(assignment), cheats.from_lookup_table(assignment)
    errors += cheats.problems(trivial, learnt)

    progress(f"right answers under {len(perturbed)} perturbations")
    with ThreadPoolExecutor(jobs) as pool:
        perturbed_runs = list(pool.map(functools.partial(grade_perturbed, folder), perturbed))
    errors += [f"{o.label}: right answer marked down: {f}" for o in perturbed_runs for f in o.failures]
    return Audit(
        folder.name,
        rows=_rows(found, survivors, argued),
        survivors=survivors,
        wheats=len(wheats),
        misconceptions=len(named),
        uses=tuple(used),
        widest=_widest(right, perturbed_runs),
        perturbed_runs=tuple(perturbed_runs),
        trivial=tuple(trivial),
        learnt=tuple(learnt),
        severe=tuple(severe(wrong, assignment.questions)),
        rare=tuple(_name_rarely_caught(j) for j in usefulness.rarely_caught([*wrong, *killed])),
        errors=tuple(errors),
        seconds=time.monotonic() - started,
    )


_MISSPELT = re.compile(r"(?:NameError: name|AttributeError: module) '.*")


def _misspelt(j: CandidateResult) -> str:
    """What a slip in its own text raises: it loses points whatever the checks do."""
    found = (_MISSPELT.search(why) for why in j.reasons.values())
    return next((match[0] for match in found if match), "")


def _grade(folder: Path, answers: Sequence[Candidate], jobs: int) -> list[CandidateResult]:
    order = {a.id: i for i, a in enumerate(answers)}
    return sorted(grade_all(folder, answers, jobs), key=lambda j: order[j.id])


def _with_rounding(
    outcomes: Sequence[CandidateResult], candidates: Sequence[Candidate], calls: Calls
) -> list[CandidateResult]:
    """The outcomes, with the verdicts that rounding decides among the undecided ones."""
    ended = {j.id for j in outcomes if any(why.startswith(tuple(LOST)) for why in j.reasons.values())}
    unstable = decided_by_rounding([c for c in candidates if c.id not in ended], calls)
    return [replace(j, undecided=j.undecided | unstable.get(j.id, frozenset())) for j in outcomes]


def _marked_down(right: Sequence[CandidateResult]) -> list[str]:
    said = []
    for judged in right:
        reasons = [f"{'.'.join(key)}: {why}" for key, why in judged.reasons.items()]
        if judged.lost or reasons:
            why = "; ".join(reasons) or judged.status
            said.append(f"right answer {judged.id} is marked down in {', '.join(sorted(judged.lost))}: {why}")
    return said


def _name_rarely_caught(judged: CandidateResult) -> str:
    ((question, name),) = judged.failed
    return f"{judged.id}, by {question}.{name}"


def _check_equivalents(assignment: Assignment, argued: Sequence[Mutant], reasons: equivalents.Equivalents) -> list[str]:
    wanted = {name for m in argued for name in m.questions}
    new_cases = [equivalents.draw_new_cases(assignment, q) for q in assignment.questions if q.name in wanted]
    said = []
    for m in argued:
        reason = reasons.mutants[m.id]
        if found := equivalents.find_difference(assignment, m, reason.agrees, new_cases):
            said.append(f'mutant {m.id} of {m.unit} is argued to be right ("{reason.reason}"), but {found}')
    return said


def _rows(found: Sequence[Mutant], survivors: Sequence[Mutant], argued: Sequence[Mutant]) -> tuple[MutantCounts, ...]:
    rows = []
    for unit in dict.fromkeys(m.unit for m in found):
        total, equal, alive = (sum(m.unit == unit for m in several) for several in (found, argued, survivors))
        rows.append(MutantCounts(unit, total - equal - alive, equal, alive))
    return tuple(rows)


def _widest(right: Sequence[CandidateResult], perturbed_runs: Sequence[PerturbedRun]) -> dict[str, float]:
    widest: dict[str, float] = {}
    seen = [{".".join(key): ratio for key, ratio in j.margins.items()} for j in right]
    for measured in [*seen, *(o.margins for o in perturbed_runs)]:
        for name, ratio in measured.items():
            widest[name] = max(widest.get(name, 0.0), ratio)
    return widest
