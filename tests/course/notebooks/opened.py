"""A released notebook that is run cell by cell, as a student would."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from autograder.checks import contract
from autograder.checks.composition import complete
from autograder.release import build

CHECK = re.compile(r'^grader\.check\("(\w+)"\)$', re.MULTILINE)
FIGURE = re.compile(r"^(with homework\.figure\(\):|@homework\.sliders\()", re.MULTILINE)
FEWER_SPLITS = {
    "n_splits=20": "n_splits=2",
    "for seed in range(6)": "for seed in range(2)",
    "for seed in range(20)": "for seed in range(2)",
    "for seed in range(30)": "for seed in range(2)",
    "np.logspace(-2, 2, 5)": "np.logspace(0, 2, 2)",
}
"""What figures average over, and how many fits they make, by day: every line runs, and the curves are rougher. At night as students have it."""


class Opened:
    """The notebook of one assignment in a folder of its own, with a kernel; cells run when asked.

    Args:
        master: the assignment's folder below ``solutions``.
        folder: where the students' folder is made.

    Attributes:
        unanswered: the cells of code with what they put out for stubs, where that was run.

    """

    def __init__(self, master: Path, folder: Path) -> None:
        self.master, self.folder = complete(master), folder
        build(master, folder)
        self.questions = [q.name for q in contract.load(folder / "tests" / contract.FILE).questions]
        for path in () if os.environ.get("AUTOGRADER_THOROUGH") else folder.rglob("*"):
            if path.suffix == ".ipynb" or (path.suffix, path.parent.name) == (".py", "given"):
                path.write_text(_with_fewer_splits(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.notebook = nbformat.read(folder / f"{master.name}.ipynb", as_version=4)
        self.unanswered: list[Any] = []
        self.client = NotebookClient(
            self.notebook, timeout=150, allow_errors=True, resources={"metadata": {"path": str(folder)}}
        )

    def answer(self, text: str) -> None:
        """Save ``text`` as the student's module."""
        (self.folder / f"{self.master.name}.py").write_text(text, encoding="utf-8")

    def solve(self) -> None:
        """Save the reference as the student's module."""
        shutil.copy(self.master / f"{self.master.name}.py", self.folder)

    def code_cells(self, having: str = "") -> list[int]:
        """Numbers of the cells of code that hold a text."""
        return [i for i, c in enumerate(self.notebook.cells) if c.cell_type == "code" and having in c.source]

    def figures(self) -> list[int]:
        """Numbers of the cells that draw a figure."""
        return [i for i in self.code_cells() if FIGURE.search(self.notebook.cells[i].source)]

    def run(self, number: int) -> Any:
        """Run one cell; the cell with its outputs."""
        return self.client.execute_cell(self.notebook.cells[number], number)

    def run_all(self) -> list[Any]:
        """Run all cells from the top; the cells of code with their outputs."""
        return [self.run(number) for number in self.code_cells()]


def _with_fewer_splits(text: str) -> str:
    for many, few in FEWER_SPLITS.items():
        text = text.replace(many, few)
    return text


def texts(cell: Any) -> str:
    """What a cell printed and displayed, as plain text."""
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain") or "" for o in cell.outputs)


def pictures(cell: Any) -> int:
    """How many figures a cell drew."""
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


def trouble(cell: Any) -> list[Any]:
    """Tracebacks and warnings that a cell put out."""
    return [o for o in cell.outputs if o.output_type == "error" or o.get("name") == "stderr"]
