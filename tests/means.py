"""A question whose answer is a property: its implementations are means and what is none."""

from __future__ import annotations

from pathlib import Path

from autograder.checks import question
from autograder.checks.modules import load_module

SECRET = "the secret of 271828"
"""In the source of every hidden implementation, and nowhere else."""
CONTRACT = """
[limits]
call_seconds = 0.5
property_seconds = 3
question_seconds = 5
submission_seconds = 20

[[question]]
name = "check_mean"
points = 6
arguments = { mean = "" }
returns = "none"
"""
GIVEN = """
import numpy as np

def mean(x):
    return np.mean(x)

def mean_of_sum(x):
    return np.sum(x / len(x))

def median(x):
    return np.median(x)

RIGHT = {"uses NumPy": (mean,), "divides the sum": (mean_of_sum,)}
WRONG = {"is the median": (median,)}
"""
HIDDEN = f"""
import numpy as np
from autograder.checks import perturbed

secret = "{SECRET}"

def mean(x):
    "{SECRET}"
    return float(np.mean(x))

def mean_by_n_minus_1(x):
    "{SECRET}"
    return np.sum(x) / (len(x) - 1) if len(x) > 1 else np.sum(x)

def spoils(x):
    "{SECRET}"
    x -= np.mean(x)
    return 0.0

RIGHT = {{"rounds otherwise": (perturbed(mean),)}}
WRONG = {{"divides by n - 1": (mean_by_n_minus_1,), "returns 0": (spoils,)}}
"""
TESTS = """
from autograder.checks import accepts, catches

OK_FORMAT = False
name = "check_mean"

right = accepts("right", "check_mean", "uses NumPy", "divides the sum", points=1, hint="Tolerance?")
the_median = catches("the_median", "check_mean", "is the median", points=2, hint="A skewed x?")
# BEGIN SOLUTION
hidden_right = accepts("hidden_right", "check_mean", "rounds otherwise", points=1, hint="Tolerance?", hidden=True)
denominators = catches(
    "denominators", "check_mean", "divides by n - 1", "returns 0", points=2, hint="Constants?", title="Both.", hidden=True
)
# END SOLUTION
"""
GOOD = """
import numpy as np


def check_mean(mean):
    rng = np.random.default_rng(0)
    for n in (1, 2, 5):
        x = rng.exponential(size=n) + 1
        np.testing.assert_allclose(np.sum(x - mean(x)), 0, atol=1e-9)
"""
REFERENCE = GOOD.replace("    rng = ", "    # BEGIN SOLUTION\n    rng = ").rstrip() + "\n    # END SOLUTION\n"


def write(folder: Path) -> Path:
    """Write the master copy into ``folder``, its cases recorded; the file of its question."""
    files = {
        "tests/contract.toml": CONTRACT,
        "tests/check_mean.py": TESTS,
        "given/implementations/check_mean.py": GIVEN,
        "implementations/check_mean.py": HIDDEN,
        f"{folder.name}.py": REFERENCE,
        "README.md": "# Means\n\nState what is true of a mean.\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "tests" / "check_mean.py"
    question.load(path).record(reference=load_module(folder / f"{folder.name}.py", "reference_of_means"))
    return path
