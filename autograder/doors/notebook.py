"""What all notebooks share: the student's functions as they are now, and figures that wait for them.

In a cell::

    from autograder.doors.notebook import BLUE, Homework

    homework = Homework("naive_bayes", globals())
    with homework.figure():
        plt.plot(x, gaussian_log_density(x, 0, 1), color=BLUE)
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import matplotlib.pyplot as plt
from cycler import cycler
from IPython.core.getipython import get_ipython

from autograder.checks import contract

# Okabe and Ito's palette: told apart by colour-blind readers. https://jfly.uni-koeln.de/color/
BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"

_STYLE: dict[Any, Any] = {
    "axes.grid": True,
    "axes.prop_cycle": cycler(color=[BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, BLACK]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "figure.figsize": (7, 4),
    "grid.alpha": 0.3,
    "image.cmap": "cividis",
    "legend.frameon": False,
}


class Homework:
    """A student's module inside a notebook: its functions, always those of the file as it is now.

    The functions of the contract are put into the notebook's namespace. Before each cell the file is looked at:
    when it was edited it is loaded again, and while it does not load none of its functions is bound, so that no
    check can pass with an older answer.

    Args:
        name: of the module; ``<name>.py`` and ``tests/contract.toml`` stand in the working directory.
        namespace: the notebook's ``globals()``.

    Raises:
        AuthoringError: there is no contract, or it is wrong.

    """

    _before_cell: ClassVar[Callable[[Any], None] | None] = None
    """IPython's hook: a notebook whose first cell is run again must not look twice."""

    def __init__(self, name: str, namespace: dict[str, Any]) -> None:
        plt.rcParams.update(_STYLE)
        self.folder = Path.cwd()
        self.path = self.folder / f"{name}.py"
        self.questions = tuple(q.name for q in contract.load(self.folder / "tests" / contract.FILE).questions)
        self.namespace = namespace
        self.trouble = ""
        self._digest = b""
        self._follow()
        self.refresh()

    def refresh(self) -> None:
        """Load the student's file again if it changed, and say why where it cannot be loaded."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
        if digest.digest() != self._digest:
            again = bool(self._digest)
            self._digest = digest.digest()
            self._load()
            if again and not self.trouble:
                print(f"{self.path.name} has changed and was loaded again.")  # noqa: T201  (a notebook is a terminal)
        if self.trouble:
            print(f"{self.trouble}\nUntil it can be loaded, none of its functions is here.")  # noqa: T201

    @contextmanager
    def figure(self) -> Iterator[None]:
        """Draw, or say which of the student's functions is in the way: no traceback through plotting code."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  (whatever a student's function raises, or its values lead to)
            plt.close("all")
            print(self._in_the_way(error))  # noqa: T201

    def _load(self) -> None:
        for question in self.questions:
            self.namespace.pop(question, None)
        # Helper modules beside it may have changed, too; importlib.reload would keep functions that were deleted.
        for name, loaded in list(sys.modules.items()):
            file = getattr(loaded, "__file__", None)
            if file and Path(file).parent == self.folder:
                del sys.modules[name]
        try:
            # Compiled here: cached bytecode counts as fresh for a second after an edit.
            code = compile(self.path.read_bytes(), str(self.path), "exec")
            spec = importlib.util.spec_from_file_location(self.path.stem, self.path)
            assert spec is not None
            module = importlib.util.module_from_spec(spec)
            sys.modules[self.path.stem] = module
            exec(code, vars(module))  # noqa: S102  (the student's own code, on the student's machine)
        except (Exception, SystemExit) as error:  # noqa: BLE001
            self.trouble = self._why_not(error)
            return
        self.trouble = ""
        self.namespace.update({q: getattr(module, q) for q in self.questions if hasattr(module, q)})

    def _why_not(self, error: BaseException) -> str:
        if isinstance(error, FileNotFoundError) and error.filename == str(self.path):
            return f"{self.path.name} was not found; expected it beside this notebook, in {self.folder}."
        if isinstance(error, SyntaxError):
            place, line = Path(error.filename or self.path).name, error.lineno
            return f"{place}, line {line}: {type(error).__name__}: {error.msg}\n    {(error.text or '').strip()}"
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(self.path)]
        where = f", line {lines[-1]}" if lines else ""
        return f"{self.path.name}{where}: {type(error).__name__}: {error}"

    def _in_the_way(self, error: Exception) -> str:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(self.path)]
        if isinstance(error, NameError) and error.name in self.questions:
            file = self.path.name
            here = f"{file} cannot be loaded" if self.trouble else f"there is no function {error.name} in {file}"
            return f"{here}: this figure needs {error.name}."
        if frames and isinstance(error, NotImplementedError):
            return f"{frames[-1].name} is not written yet: this figure needs it."
        what = f"{type(error).__name__}: {error}"
        if frames:
            function, line = frames[-1].name, frames[-1].lineno
            return f"{function} stopped in line {line} of {self.path.name}: this figure needs it.\n{what}"
        return f"This figure could not be drawn. Do the checks of the functions that it needs pass?\n{what}"

    def _follow(self) -> None:
        shell: Any = get_ipython()
        if shell is None:
            return
        if Homework._before_cell:
            shell.events.unregister("pre_run_cell", Homework._before_cell)
        Homework._before_cell = lambda _: self.refresh()
        shell.events.register("pre_run_cell", Homework._before_cell)
