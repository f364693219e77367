"""Shared by all notebooks: the student's current functions, and figures that need them.

In a cell::

    from autograder.doors.notebook import BLUE, Homework

    homework = Homework("naive_bayes", globals())
    grader = homework.grader
    grader.check("gaussian_log_density")
    with homework.figure():
        plt.plot(x, gaussian_log_density(x, 0, 1), color=BLUE)
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import matplotlib.pyplot as plt
from cycler import cycler
from IPython.core.display_functions import display
from IPython.core.getipython import get_ipython

from autograder.checks import contract, question
from autograder.checks.otter import EARNED
from autograder.doors.local import line_of, load
from autograder.doors.notebook_grader import NotebookGrader
from autograder.intake.answers import answered
from autograder.intake.encoding import decode
from autograder.model.errors import IntakeError, StudentFault

# Okabe and Ito's palette: distinguishable for colour-blind readers. https://jfly.uni-koeln.de/color/
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


_MOST_LEFT_OUT = 5


class Homework:
    """A student's module inside a notebook: its functions, always those of the file as it is now.

    The functions of the contract are put into the notebook's namespace. Before each cell the file is checked for
    changes and loaded again where it was edited. While it does not load, none of its functions is bound, so that no
    check passes with an older answer.

    Args:
        name: of the module; ``<name>.py`` and ``tests/contract.toml`` are in the working directory.
        namespace: the notebook's ``globals()``.

    Raises:
        AuthoringError: there is no contract, or it is wrong.

    """

    _before_cell: ClassVar[Callable[[Any], None] | None] = None
    _after_cell: ClassVar[Callable[[Any], None] | None] = None
    """IPython's hooks: a notebook whose first cell is run again must not look twice."""

    def __init__(self, name: str, namespace: dict[str, Any]) -> None:
        plt.rcParams.update(_STYLE)
        self.folder = Path.cwd()
        self.path = self.folder / f"{name}.py"
        rules = contract.load(self.folder / "tests" / contract.FILE)
        self.questions = tuple(q.name for q in rules.questions)
        self._limits = rules.limits
        self._shadows: dict[str, Any] = {}
        self.namespace = namespace
        self.trouble = ""
        self._digest = b""
        self.left_out: list[str] = []
        self.grader = NotebookGrader(self.folder, rules, namespace, lambda: self.left_out)
        self._points: float | None = None
        self._shown = dict(EARNED)
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
            for line in self.left_out[:_MOST_LEFT_OUT]:
                print(f"{self.path.name}: {line}")  # noqa: T201
            if again and not self.trouble:
                print(f"{self.path.name} has changed and was loaded again.")  # noqa: T201  (a notebook is a terminal)
        self._note_shadows()
        if self.trouble:
            print(f"{self.trouble}\nUntil it can be loaded, none of its functions is available.")  # noqa: T201

    @contextmanager
    def figure(self) -> Iterator[None]:
        """Draw, or name the student's function that prevents it, without a traceback through plotting code."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  (whatever a student's function raises, or its values lead to)
            plt.close("all")
            print(self._in_the_way(error))  # noqa: T201

    def sliders(self, **ranges: tuple[str, float, float, float]) -> Callable[[Callable[..., None]], None]:
        """Draw the decorated function's figure, with a slider per argument where ipywidgets is installed.

        The figure is an ordinary output of the cell, so that it is seen without a kernel, too.

        Args:
            ranges: of each argument: its label; lowest, highest and first value.

        """

        def show(draw: Callable[..., None]) -> None:
            first = self._drawn(draw, {name: value for name, (_, _, _, value) in ranges.items()})

            def redraw(**values: float) -> None:
                # What a slider prints is not shown: the message takes the figure's place.
                handle.update(self._drawn(draw, values), raw=True)

            if "image/png" in first and get_ipython() is not None and (controls := _controls(ranges, redraw)):
                display(controls)  # type: ignore[no-untyped-call]
            handle: Any = display(first, raw=True, display_id=True)  # type: ignore[no-untyped-call]

        return show

    def show_points(self) -> None:
        """After a cell with checks, say how many points were earned so far."""
        if self._shown == EARNED:
            return
        self._shown = dict(EARNED)
        if self._points is None:
            questions = question.load_all(self.folder / "tests")[1]
            self._points = sum(p.points for q in questions for p in q.properties if not p.hidden)
        print(f"public points at your last checks: {sum(EARNED.values()):g} of {self._points:g}")  # noqa: T201

    def _load(self) -> None:
        values = {name: self.namespace.pop(name, None) for name in self.questions}
        in_cells = {q: v for q, v in values.items() if v is not None and _home(v) != self.path.stem}
        self._load_module()
        self.namespace.update({q: getattr(self.module, q) for q in self.questions if hasattr(self.module, q)})
        if in_cells:
            # What the file does not answer is not taken from a cell: the notebook may be what is handed in.
            theirs = self._answered()
            self.namespace.update({q: v for q, v in in_cells.items() if q not in theirs})

    def _load_module(self) -> None:
        # Helper modules beside it may have changed, too; importlib.reload would keep functions that were deleted.
        for name, loaded in list(sys.modules.items()):
            file = getattr(loaded, "__file__", None)
            if file and Path(file).parent == self.folder:
                del sys.modules[name]
        self.module = types.ModuleType(self.path.stem)
        self.left_out = []
        try:
            source = decode(self.path.read_bytes(), self.path.name)
            self.module, self.left_out = load(self.path, self.path.stem, source, self._limits, self._where)
        except FileNotFoundError:
            self.trouble = f"{self.path.name} was not found; expected it beside this notebook, in {self.folder}."
            return
        except IntakeError as error:
            self.trouble = str(error)
            return
        except StudentFault as fault:
            self.trouble = f"{self.path.name} cannot be loaded: {fault.message}\n    {fault.where}".rstrip()
            return
        self.trouble = ""

    def _answered(self) -> frozenset[str]:
        text = self.path.read_text(encoding="utf-8", errors="replace") if self.path.is_file() else ""
        return answered(text, self.questions)

    def _where(self, error: BaseException) -> str:
        return line_of(error, self.path)

    def _note_shadows(self) -> None:
        """Say, once, which functions are defined in a cell and in the file: the file is graded."""
        answers: frozenset[str] | None = None
        for name in self.questions:
            here, there = self.namespace.get(name), getattr(self.module, name, None)
            if here is None or there is None or here is there or self._shadows.get(name) is here:
                continue
            self._shadows[name] = here
            if answers is None:
                answers = self._answered()
            if name in answers:
                print(f"{name}: the checks use the definition in a cell; grading uses the one in {self.path.name}.")  # noqa: T201
            elif answers:
                print(f"{name} is defined in a cell. Copy it to {self.path.name}, which is graded.")  # noqa: T201

    def _drawn(self, draw: Callable[..., None], values: dict[str, float]) -> dict[str, str]:
        """The figure for these values, or why there is none, as MIME type -> data."""
        picture = io.BytesIO()
        try:
            draw(**values)
            plt.gcf().savefig(picture, format="png")
        except Exception as error:  # noqa: BLE001  (whatever a student's function raises, or its values lead to)
            return {"text/plain": self._in_the_way(error)}
        finally:
            plt.close("all")  # or the notebook shows it again
        shown = ", ".join(f"{name} = {value:g}" for name, value in values.items())
        return {"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": f"figure for {shown}"}

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
            shell.events.unregister("post_run_cell", Homework._after_cell)
        Homework._before_cell = lambda _: self.refresh()
        Homework._after_cell = lambda _: self.show_points()
        shell.events.register("pre_run_cell", Homework._before_cell)
        shell.events.register("post_run_cell", Homework._after_cell)


def _home(value: Any) -> str:
    """The module that a function was defined in."""
    return str(getattr(value, "__module__", ""))


def _controls(ranges: dict[str, tuple[str, float, float, float]], redraw: Callable[..., None]) -> Any:
    """A box of sliders, or None where ipywidgets is not installed."""
    try:
        import ipywidgets
    except ImportError:
        return None
    wide = max(len(label) for label, *_ in ranges.values())
    made = {
        name: ipywidgets.FloatSlider(
            value=first,
            min=low,
            max=high,
            step=(high - low) / 60,
            description=label,
            continuous_update=False,
            style={"description_width": f"{0.7 * wide + 1:.0f}em"},
            layout={"width": f"{0.7 * wide + 25:.0f}em", "max_width": "100%"},
        )
        for name, (label, low, high, first) in ranges.items()
    }
    for slider in made.values():
        slider.observe(lambda _: redraw(**{name: each.value for name, each in made.items()}), names="value")
    return ipywidgets.VBox(list(made.values()))
