"""Show audits as text for the terminal, and as one HTML page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from autograder.audit.assignment import Audit
from autograder.audit.cheats import share

TOTALS = (
    "assignment",
    "right answers",
    "marked down",
    "misconceptions",
    "mutants",
    "killed",
    "equivalent",
    "surviving",
)


def totals(audits: Sequence[Audit]) -> list[tuple[str, ...]]:
    """A row per assignment, with the columns of :data:`TOTALS`."""
    return [(a.name, *map(str, _numbers(a))) for a in audits]


def _numbers(a: Audit) -> tuple[int, ...]:
    down = sum("right answer" in e for e in a.errors)
    killed, equal, alive = (sum(getattr(r, what) for r in a.rows) for what in ("killed", "equivalent", "surviving"))
    return a.wheats, down, a.misconceptions, killed + equal + alive, killed, equal, alive


def mutants(a: Audit) -> list[tuple[str, ...]]:
    """A row per function of the reference."""
    return [(r.unit, str(r.killed), str(r.equivalent), str(r.surviving)) for r in a.rows]


def properties(a: Audit) -> list[tuple[str, ...]]:
    """A row per property: what it catches, and the margins of right and wrong answers."""
    return [
        (
            u.name,
            f"{u.points:g}",
            "hidden" if u.hidden else "public",
            str(u.misconceptions),
            str(u.mutants),
            str(u.alone),
            str(u.apart),
            _ratio(a.widest.get(u.name)),
            _ratio(u.nearest),
        )
        for u in a.uses
    ]


PROPERTIES = ("property", "points", "", "misconceptions", "mutants", "alone", "apart", "right within", "wrong beyond")
MUTANTS = ("function", "killed", "equivalent", "surviving")
PERTURBED = ("right answers under", "Python", "NumPy", "graded", "failures")


def perturbed(a: Audit) -> list[tuple[str, ...]]:
    """A row per perturbation."""
    return [(o.label, o.python, o.numpy, str(o.wheats), str(len(o.failures))) for o in a.perturbed_runs]


UNEARNED = ("question", "points", "earned by a trivial answer", "the best", "earned by a table", "which passes")


def unearned(a: Audit) -> list[tuple[str, ...]]:
    """A row per question: what is earned without computing anything."""
    return [
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


SEVERE = ("misconception that loses much", "lost", "of", "passes only")


def severe(a: Audit) -> list[tuple[str, ...]]:
    """A row per misconception that loses much of its question."""
    return [(m.id, f"{m.lost:g}", f"{m.points:g}", ", ".join(m.passed)) for m in a.severe]


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None or math.isinf(ratio) else f"{ratio:.1g}"


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table; all columns but the first are right-aligned."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        cells = [c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        yield "  ".join(cells).rstrip()


def text(a: Audit, *, brief: bool = False) -> Iterator[str]:
    """Lines about one audit; with ``brief``, only what must be fixed."""
    yield f"{a.name}: {'nothing to fix' if a.passed else 'fix these'} ({a.seconds:.0f} s)"
    if not brief:
        for head, rows in (
            (MUTANTS, mutants(a)),
            (PROPERTIES, properties(a)),
            (UNEARNED, unearned(a)),
            (SEVERE, severe(a)),
            (PERTURBED, perturbed(a)),
        ):
            if rows:
                yield ""
                yield from (f"  {line}" for line in aligned(head, rows))
    yield ""
    nothing, learnt = share(a.trivial), share(a.learnt)
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


PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Audit</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid #ccc; text-align: right; }
th:first-child, td:first-child { text-align: left; }
pre { background: #f4f4f4; padding: .6rem; overflow-x: auto; }
.wrong { color: #a00000; }
</style></head><body><main>
<h1>Audit</h1>
{% macro table(caption, head, rows) %}{% if rows %}
<table><caption>{{ caption }}</caption>
<thead><tr>{% for h in head %}<th scope="col">{{ h or "seen" }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr>{% for cell in row %}
{% if loop.first %}<th scope="row">{{ cell }}</th>{% else %}<td>{{ cell }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}</tbody></table>{% endif %}{% endmacro %}
{{ table("All assignments", heads.totals, totals) }}
<p>Alone: wrong answers that this property catches and no other does; for a public property, no other public one. Apart:
kinds of wrong answers that only it distinguishes from others. Right
within: the largest distance of a right answer from what was expected, wrong beyond: the smallest distance of a
wrong one that failed, both in units of the tolerance.</p>
{% for a in audits %}
<h2>{{ a.audit.name }}</h2>
{% for r in a.audit.rare %}<p>Caught by a single case: {{ r }}</p>{% endfor %}
{% for e in a.audit.errors %}<p class="wrong">Error: {{ e }}</p>{% endfor %}
{% for m in a.audit.survivors %}<p class="wrong">Survivor {{ m.id }} in {{ m.unit }}: {{ m.slip }}</p>
<pre tabindex="0">{{ m.diff }}</pre>{% endfor %}
{{ table("Mutants", heads.mutants, a.mutants) }}
{{ table("Properties", heads.properties, a.properties) }}
{{ table("Points for nothing", heads.unearned, a.unearned) }}
{{ table("Severe mistakes", heads.severe, a.severe) }}
{{ table("Right answers elsewhere", heads.perturbed, a.perturbed) }}
{% endfor %}
</main></body></html>
"""


def html(audits: Sequence[Audit]) -> str:
    """One page about all audits."""
    import jinja2

    template = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(PAGE)
    return template.render(
        heads={
            "totals": TOTALS,
            "mutants": MUTANTS,
            "properties": PROPERTIES,
            "unearned": UNEARNED,
            "severe": SEVERE,
            "perturbed": PERTURBED,
        },
        totals=totals(audits),
        audits=[
            {
                "audit": a,
                "mutants": mutants(a),
                "properties": properties(a),
                "unearned": unearned(a),
                "severe": severe(a),
                "perturbed": perturbed(a),
            }
            for a in audits
        ],
    )
