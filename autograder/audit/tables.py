"""Show audits as text for the terminal, and as one HTML page."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

from autograder.audit.assignment import Audit
from autograder.audit.cheats import points_of_100
from autograder.report.columns import Columns
from autograder.report.html import audit_page

NOTE_WIDTH = 110


def totals(audits: Sequence[Audit]) -> Columns:
    """A row per assignment."""
    return Columns(
        "All assignments",
        (
            "assignment",
            "right answers",
            "marked down",
            "misconceptions",
            "mutants",
            "killed",
            "equivalent",
            "surviving",
            "trivial",
            "table",
        ),
        [
            (a.name, *map(str, _numbers(a)), f"{points_of_100(a.trivial):.3g}", f"{points_of_100(a.learnt):.3g}")
            for a in audits
        ],
        "Trivial, table: of 100 points, what the best trivial answers and a table of the published cases earn.",
    )


def _numbers(a: Audit) -> tuple[int, ...]:
    down = sum("right answer" in e for e in a.errors)
    killed, equal, alive = (sum(getattr(r, what) for r in a.rows) for what in ("killed", "equivalent", "surviving"))
    return a.wheats, down, a.misconceptions, killed + equal + alive, killed, equal, alive


def columns(a: Audit) -> tuple[Columns, ...]:
    """The tables of one audit."""
    return _mutants(a), _properties(a), _unearned(a), _severe(a), _perturbed(a)


def _mutants(a: Audit) -> Columns:
    rows = [(r.unit, str(r.killed), str(r.equivalent), str(r.surviving)) for r in a.rows]
    return Columns(
        "Mutants",
        ("function", "killed", "equivalent", "surviving"),
        rows,
        "Small changes of the reference: killed is what some property fails, equivalent what equivalents.toml argues "
        "to be right.",
    )


def _properties(a: Audit) -> Columns:
    rows = [
        (
            u.name,
            f"{u.points:g}",
            ("hidden" if u.hidden else "public") + (", free" if u.free else ""),
            str(u.misconceptions),
            str(u.mutants),
            str(u.alone),
            str(u.apart),
            _ratio(a.widest.get(u.name)),
            _ratio(u.nearest),
        )
        for u in a.uses
    ]
    return Columns(
        "Properties",
        ("property", "points", "seen", "misconceptions", "mutants", "alone", "apart", "right within", "wrong beyond"),
        rows,
        "Free: a constant or a copy of an argument passes it, so it earns points only if another one of its question "
        "passes that is not free. Misconceptions and mutants: how many it fails. Alone: wrong answers that no "
        "other property catches; for a public one, no other public one. Apart: kinds of wrong answers that only it "
        "tells from others. Right within, wrong beyond: how far the worst right answer is from what was expected, "
        "and the best wrong one that failed, in units of the tolerance.",
    )


def _unearned(a: Audit) -> Columns:
    rows = [
        (
            t.question,
            f"{t.points:g}",
            f"{t.earned:g}",
            t.answer if t.earned else "",
            f"{m.earned:g}",
            ", ".join(m.passed),
        )
        for t, m in zip(a.trivial, a.learnt, strict=True)
    ]
    head = ("question", "points", "a trivial answer earns", "namely", "a table of the cases earns", "by passing")
    return Columns.filled("Points for nothing", head, rows, "What is earned without computing anything.")


def _severe(a: Audit) -> Columns:
    rows = [(m.id, f"{m.lost:g}", f"{m.points:g}", ", ".join(m.passed)) for m in a.severe]
    head = ("misconception that loses many points", "lost", "of", "passes only")
    note = "The free properties among those that it passes give it no points."
    return Columns("Severe mistakes", head, rows, note)


def _perturbed(a: Audit) -> Columns:
    rows = [(o.label, o.python, o.numpy, str(o.wheats), str(len(o.failures))) for o in a.perturbed_runs]
    head = ("right answers under", "Python", "NumPy", "graded", "failures")
    return Columns("Right answers elsewhere", head, rows)


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None or math.isinf(ratio) else f"{ratio:.1g}"


def text(a: Audit, *, brief: bool = False) -> Iterator[str]:
    """Lines about one audit; with ``brief``, only what must be fixed."""
    yield f"{a.name}: {'nothing to fix' if a.passed else 'fix these'} ({a.seconds:.0f} s)"
    if not brief:
        for table in columns(a):
            if table.rows:
                yield ""
                yield from (f"  {line}" for line in table.lines())
                yield from textwrap.wrap(table.note, NOTE_WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield ""
    nothing, learnt = points_of_100(a.trivial), points_of_100(a.learnt)
    yield f"  trivial answers earn {nothing:.3g} of 100 points, a table of the published cases {learnt:.3g}"
    for mutant in a.survivors:
        yield ""
        users = ", ".join(mutant.questions)
        yield f"  survivor {mutant.id} in {mutant.unit} ({mutant.slip}): no property of {users} fails"
        yield from (f"    {line}" for line in mutant.diff.splitlines())
        yield "  write a property that fails it; or, where it is another right answer, add to equivalents.toml:"
        yield f'    [[mutant]]\n    id = "{mutant.id}"\n    reason = "..."'
    for rare in a.rare:
        yield ""
        yield f"  caught by a single case: {rare}"
    for error in a.errors:
        yield ""
        yield f"  error: {error}"


def html(audits: Sequence[Audit]) -> str:
    """One page about all audits."""
    return audit_page(
        totals(audits),
        [
            {
                "name": a.name,
                "passed": a.passed,
                "errors": a.errors,
                "survivors": a.survivors,
                "rare": a.rare,
                "tables": columns(a),
            }
            for a in audits
        ],
    )
