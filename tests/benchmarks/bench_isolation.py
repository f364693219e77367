"""What isolation costs: ``python tests/benchmarks/bench_isolation.py``.

The anchors are those of the prototype, on two quiet cores: 4.2 ms from the request for a worker to its first answer
(77 ms for a fresh Python with NumPy), 21-32 us a call, 20 ms a submission of 40 properties of 100 calls each without
isolation and 138 ms with it. Quantiles are shown, since on a busy machine the mean says more about the others.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from autograder.model.calls import Call
from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox, Session

SOURCE = "import numpy as np\n\n\ndef f(X, theta):\n    return X @ theta\n"
LIMITS = Limits(submission_seconds=1e6)
X, THETA = np.random.RandomState(0).normal(size=(20, 5)), np.ones(5)
BLOCK = 20


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of ``times`` runs took, shortest first."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return sorted(took)


def show(what: str, took: list[float], anchor: str, *, each: int = 1, unit: float = 1e3) -> None:
    """One line: the shortest, a tenth, the median."""
    least, tenth, median = (took[int(q * len(took))] / each * unit for q in (0, 0.1, 0.5))
    print(f"{what:44}{least:9.1f}{tenth:9.1f}{median:9.1f} {'us' if unit == 1e6 else 'ms'}   {anchor}")


def start(sandbox: Sandbox) -> None:
    """Open a worker, have it answer once, end it."""
    with sandbox.open(Submission("a", SOURCE), "answer", LIMITS) as session:
        session.call(Call("f", (X, THETA)))


def calls(session: Session) -> None:
    """A block of calls."""
    for _ in range(BLOCK):
        session.call(Call("f", (X, THETA)))


def submission(sandbox: Sandbox) -> None:
    """40 properties of 100 calls."""
    with sandbox.open(Submission("a", SOURCE), "answer", LIMITS) as session:
        for _ in range(4000):
            session.call(Call("f", (X, THETA)))


def main() -> None:
    """Measure, print."""
    here: dict[str, Callable[..., object]] = {}
    exec(SOURCE, here)
    f = here["f"]
    print(f"{'':44}{'least':>9}{'tenth':>9}{'median':>9}      anchor")
    show(
        "a fresh Python with NumPy",
        seconds(lambda: subprocess.run([sys.executable, "-c", "import numpy"], check=True), 8),
        "77 ms",
    )
    for name, unsafe in (("all layers of this machine", False), ("a process apart, no layers", True)):
        with Sandbox(unsafe=unsafe) as sandbox:
            start(sandbox)
            show(f"{name}: start, first answer, end", seconds(lambda: start(sandbox), 40), "4.2 ms without the end")
            with sandbox.open(Submission("a", SOURCE), "answer", LIMITS) as session:
                calls(session)
                show(f"{name}: a call", seconds(lambda: calls(session), 200), "21-32 us", each=BLOCK, unit=1e6)
            show(f"{name}: a submission", seconds(lambda: submission(sandbox), 3), "138 ms")
    show(
        "no isolation: a call",
        seconds(lambda: [f(X.copy(), THETA.copy()) for _ in range(BLOCK)], 200),
        "",
        each=BLOCK,
        unit=1e6,
    )
    show("no isolation: a submission", seconds(lambda: [f(X.copy(), THETA.copy()) for _ in range(4000)], 5), "20 ms")


if __name__ == "__main__":
    main()
