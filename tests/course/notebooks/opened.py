"""A released notebook that is run cell by cell, as a student would."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from autograder.checks import contract
from autograder.checks.composition import complete
from autograder.release.wheel import ROOT
from tests.course.notebooks.forked import ForkedProvisioner

CHECK = re.compile(r'^grader\.check\("(\w+)"\)$', re.MULTILINE)
FIGURE = re.compile(r"^(with homework\.figure\(\):|@homework\.sliders\()", re.MULTILINE)
LESS = {
    "n_splits=20, n_repeats=20": "n_splits=2, n_repeats=2",
    "n_splits=1, n_repeats=10": "n_splits=1, n_repeats=2",
    "n_repeats=n_repeats": "n_repeats=2",
    "TUMOUR_SIZES, 10": "TUMOUR_SIZES, 2",
    "for seed in range(6)": "for seed in range(2)",
    "for seed in range(20)": "for seed in range(2)",
    "for seed in range(30)": "for seed in range(2)",
    "for _ in range(10):  # new data": "for _ in range(2):  # new data",
    "np.logspace(-2, 2, 5)": "np.logspace(1, 2, 2)",
    "300, 1_000, 3_000, 10_000]": "300]",
    "100, 1_000, 10_000]": "100]",
    "seen = order[:300]": "seen = order[:30]",
    "X_digits[:700]": "X_digits[:70]",
}
"""What figures average over, how many fits they make and draw, by day: every line runs, and the curves are rougher. At night as students have it."""
SMALL = (
    "--InlineBackend.print_figure_kwargs={'bbox_inches': None, 'dpi': 30}",
    "--IPKernelApp.exec_lines=__import__('tests.course.notebooks.small')",
)
"""Arguments of the kernel, by day: it draws a figure once, with fewer pixels."""
AS_STUDENTS = bool(os.environ.get("AUTOGRADER_THOROUGH"))


class Opened:
    """The notebook of one assignment in a folder of its own, with a kernel; cells run when asked.

    Args:
        master: the assignment's folder below ``solutions``.
        folder: where the students' folder is copied to.

    Attributes:
        unanswered: the cells of code with what they put out for stubs, where that was run.

    """

    def __init__(self, master: Path, folder: Path) -> None:
        self.master, self.folder = complete(master), folder
        # What is committed is what would be built here (tests/engine/release/test_student.py).
        shutil.copytree(ROOT / "assignments" / master.name, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        self.questions = [q.name for q in contract.load(folder / "tests" / contract.FILE).questions]
        for path in () if AS_STUDENTS else folder.rglob("*"):
            if path.suffix == ".ipynb" or (path.suffix, path.parent.name) == (".py", "given"):
                path.write_text(_with_less(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.notebook = nbformat.read(folder / f"{master.name}.ipynb", as_version=4)
        self.unanswered: list[Any] = []
        self.client = NotebookClient(
            self.notebook, timeout=150, allow_errors=True, resources={"metadata": {"path": str(folder)}}
        )

    @contextlib.contextmanager
    def kernel(self) -> Iterator[None]:
        """Start its kernel, and stop it afterwards."""
        manager = self.client.create_kernel_manager()
        if sys.platform == "linux":
            manager.provisioner = ForkedProvisioner(parent=manager, kernel_spec=manager.kernel_spec)
        if not AS_STUDENTS:
            self.client.extra_arguments = list(SMALL)
        with self.client.setup_kernel():
            yield

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


def _with_less(text: str) -> str:
    for much, less in LESS.items():
        text = text.replace(much, less)
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
