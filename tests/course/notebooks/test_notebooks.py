"""Every notebook does what it promises: with right answers, with none, and with one that does not load."""

import json
import re

import jupytext
import nbformat

from autograder.release.strip import strip
from autograder.release.wheel import ROOT
from tests.course.notebooks.opened import CHECK, FIGURE, LESS, pictures, texts, trouble


def passes(question, cell):
    return re.search(rf"(?m)^{question} .* passed$", texts(cell))


def test_the_notebook_that_students_get_is_the_script(master):
    source = master / f"{master.name}_notebook.py"
    script = jupytext.reads(strip(source.read_text(encoding="utf-8"), source), fmt="py:percent")
    released = json.loads((ROOT / "assignments" / master.name / f"{master.name}.ipynb").read_text(encoding="utf-8"))
    assert [(c["cell_type"], "".join(c["source"])) for c in released["cells"]] == [
        (c.cell_type, c.source) for c in script.cells
    ]
    ids = [c["id"] for c in released["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in released["cells"] if "outputs" in c)


def test_what_is_less_by_day_is_there():
    files = [*(ROOT / "solutions").glob("*/*_notebook.py"), *(ROOT / "solutions").glob("*/given/*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [much for much in LESS if much not in text] == []


def test_with_right_answers_all_checks_pass_and_all_figures_are_drawn(solved):
    checked = []
    for cell in (solved.notebook.cells[number] for number in solved.code_cells()):
        assert not trouble(cell), cell.source
        for question in CHECK.findall(cell.source):
            checked.append(question)
            assert passes(question, cell)
        if FIGURE.search(cell.source):
            assert pictures(cell) >= 1, texts(cell)
    assert sorted(checked) == sorted(solved.questions)


ENDS = """
import itertools

def ends(**ranges):
    def show(draw):
        for values in itertools.product(*((low, (low + high) / 2, high) for _, low, high, _ in ranges.values())):
            drawn = homework._drawn(draw, dict(zip(ranges, values)))
            print(values, drawn.get("image/png", drawn["text/plain"])[:8])
    return show

homework.sliders = ends
"""


def test_every_slider_draws_at_its_ends_and_in_the_middle(solved):
    numbers = solved.code_cells("@homework.sliders(")
    if not numbers:
        return
    last = len(solved.notebook.cells)
    solved.notebook.cells.append(nbformat.v4.new_code_cell(ENDS))
    assert not trouble(solved.run(last))
    for number in numbers:
        cell = solved.run(number)
        assert not trouble(cell), cell.source
        lines = [line for line in texts(cell).splitlines() if line]
        assert len(lines) >= 3
        assert all(line.endswith("iVBORw0K") for line in lines), lines


def test_with_stubs_it_says_what_is_missing(solved):
    assert solved.unanswered
    for cell in solved.unanswered:
        assert not trouble(cell), cell.source
        for question in CHECK.findall(cell.source):
            assert not passes(question, cell)
            assert "not written yet" in texts(cell)
        if FIGURE.search(cell.source):
            assert "is not written yet: this figure needs it." in texts(cell)
            assert not pictures(cell)


def test_an_answer_that_does_not_load_is_reported_and_passes_nothing(solved):
    number = solved.code_cells("grader.check(")[0]
    question = CHECK.findall(solved.notebook.cells[number].source)[0]
    assert passes(question, solved.run(number))

    lines = (solved.master / f"{solved.master.name}.py").read_text(encoding="utf-8").splitlines()
    solved.answer("\n".join([*lines, "def f(:", "    pass"]))
    cell = solved.run(number)
    assert not trouble(cell)
    assert passes(question, cell)
    assert f"{solved.master.name}.py: left out line {len(lines) + 1}: def f(: (SyntaxError" in texts(cell)
    solved.answer("def f(:\n    pass\n")
    cell = solved.run(number)
    assert not trouble(cell)
    assert not passes(question, cell)
    assert f"{solved.master.name}.py cannot be loaded: SyntaxError" in texts(cell)
    figure = solved.run(solved.figures()[0])
    assert not trouble(figure)
    assert "cannot be loaded: this figure needs" in texts(figure)

    solved.solve()
    assert passes(question, solved.run(number))
