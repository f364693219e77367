"""The pages in a browser: nothing in the console, nothing asked of the network, nothing for axe-core to object to.

Needs Chromium; AXE_CORE names the file axe.min.js of the npm package axe-core.
"""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.model.status import NO_SUBMISSION
from autograder.release.page import page as handout_page
from autograder.report import html, table
from autograder.report.columns import Columns
from autograder.report.roll import Roll
from autograder.report.similarity import Pair, Piece, Side
from autograder.report.summary import Summary
from autograder.report.table import Row

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = os.environ.get("AXE_CORE", "")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
MOST_SECONDS = 10.0

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed here")


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed here")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def tab(browser):
    """One for all tests: each new one costs as much as what is tested in it. The pages keep nothing in the browser."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def open_page(tab, tmp_path):
    """Open a page; what it wrote to the console and what it asked for elsewhere."""
    said, asked = [], []
    listeners = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }

    def open_page(text, size="desktop", scheme="light"):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        width, height = SIZES[size]
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(color_scheme=scheme)
        tab.goto(path.as_uri())
        return tab, said, [url for url in asked if not url.startswith(("file:", "data:"))]

    for event, listener in listeners.items():
        tab.on(event, listener)
    yield open_page
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    tab.goto("about:blank")


LONG_EQUATION = " + ".join(rf"\\theta_{{{i}}} x_{{{i}}}" for i in range(40))
A_HANDOUT = f"""# Toy

It is $x^2$, says [Python](https://www.python.org/).

$${LONG_EQUATION}$$

| question | function |
|---|---|
| 1 | `{"long_name_" * 12}` |

```python
{"call(" * 30}
```
"""


def a_class(result, count):
    results = [replace(result, id=f"student_{i:04}", seconds=i / 100) for i in range(count)]
    rows = tuple(replace(a_row(one), section=f"CS {i % 2 + 1}") for i, one in enumerate(results))
    absent = Row("zoe", None, 10, NO_SUBMISSION, student="zoe", name="Zoe Z.")
    return html.class_page(Summary.of(results), Roll((*rows, absent), "checks: toy 0123456789ab", "2026-11-26 12:00"))


def a_row(result):
    """A row that has one of everything."""
    return replace(
        table.row(result),
        student=result.id,
        name=f"Ada Lovelace of {result.id}",
        late="2 days",
        penalty=2,
        final=6,
        comment="Well argued.",
        override="double 3.5 instead of 2 (Prof. Hopper: second look)",
    )


def a_student(result):
    return html.student_page(result, [a_row(result)], Roll((a_row(result),), "checks: toy 01", "2026-11-26 12:00"))


def two_alike():
    pieces = (Piece("import numpy as np\n"), Piece(gap=True, text=""), Piece("total = rows.sum()\n" * 30, shared=True))
    pair = Pair(Side("ada", 0.9, pieces), Side("bob", 0.8, pieces))
    return html.similarity_page("toy", [pair, pair], 7, 0.5, compared=30, left_out={"eve": "import error"})


def an_audit():
    use = ("double.is_right_above_0_and_has_a_long_name", "3", "public, free", "0", "12", "0", "1", "4e-06", "2e+09")
    head = ("property", "points", "seen", "misconceptions", "mutants", "alone", "apart", "right within", "wrong beyond")
    uses = Columns("Properties", head, [use] * 4, "Alone: wrong answers that no other property catches.")
    severe = Columns("Severe mistakes", ("misconception", "passes only"), [("double.squares", "is_even, " * 20)])
    survivor = SimpleNamespace(id="0a1b2c3d", unit="double", slip="dropped term", diff="- return z + z\n+ return z" * 9)
    found = {"name": "toy", "passed": False, "errors": ["double: " + "is_odd " * 40], "survivors": [survivor]}
    found |= {"rare": ["0a1b2c3d, by double.equals_the_argmax_in_many_dimensions_far_away"], "tables": [uses, severe]}
    return html.audit_page(Columns("All assignments", ("assignment", "mutants"), [("toy", "12")]), [found])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["class", "student", "similarity", "audit", "handout"])
def test_a_page_is_quiet_fits_and_is_accessible(result, open_page, kind, size, scheme):
    texts = {
        "class": lambda: a_class(result, 3),
        "student": lambda: a_student(result),
        "similarity": two_alike,
        "audit": an_audit,
        "handout": lambda: handout_page(A_HANDOUT),
    }
    text = texts[kind]()
    page, said, asked = open_page(text, size, scheme)
    assert not said
    assert not asked
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if not AXE:
        pytest.skip("accessibility not looked at: AXE_CORE does not name an axe.min.js")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes[0].html])")
    assert not found


def test_a_section_is_filtered_and_names_are_hidden(result, open_page):
    page, said, _ = open_page(a_class(result, 10))
    page.select_option("#section", "CS 2")
    assert page.inner_text("#shown") == "5 of 10 shown"
    page.check("#anonymous")
    assert page.locator("#map tbody tr:first-child th a").is_hidden()
    page.fill("#search", "lovelace of student_0003")
    assert page.inner_text("#shown") == "1 of 10 shown"
    assert not said


def test_two_thousand_students_do_not_freeze_it(result, open_page):
    page, said, _ = open_page(a_class(result, 2000))
    milliseconds = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
    assert milliseconds < 1000 * MOST_SECONDS
    first = "document.querySelector('#map tbody th').textContent"
    page.click("#map thead th:last-child button")
    assert page.evaluate(first) == "student_1999"
    page.click("#map thead th:last-child button")
    assert page.evaluate(first) == "student_0000"
    page.fill("#search", "student_123")
    assert page.inner_text("#shown") == "10 of 2000 shown"
    page.fill("#search", "")
    page.click("#all")
    assert page.locator("#map tbody tr").count() == 2000
    assert not said
