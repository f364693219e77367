"""What the build writes into a handout: facts that the engine knows, and feedback from a real run.

A line of the master copy's README.md that is one of these comments is replaced in the students' copy::

    <!-- autograder: grading minutes="60 to 90" -->
    <!-- autograder: setup -->
    <!-- autograder: commands question -->
    <!-- autograder: feedback question property misconception -->
    <!-- autograder: written -->

``grading`` holds ``setup``; a handout has one of the two. ``commands`` is the table of what to type, with this question
for an example. The last puts the written questions of ``written.toml`` there, without their rubrics and answers.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

from autograder.checks import misconceptions
from autograder.checks.judging import judge
from autograder.grade.assignment import Assignment
from autograder.model.errors import AuthoringError
from autograder.model.limits import MIB
from autograder.release.environment import GRADING_NEEDS, OLDER, PINS, PROPERTIES_IMPORT, PYTHON
from autograder.source.draws import fixed_draws
from autograder.wording.text import property_text

WRITTEN = "written.toml"
SET_UP = "<!-- autograder: setup -->\n\n**Hand in** with `autograder submit`, which writes the file to upload."
"""What a handout that is begun for its author says of it."""
_DIRECTIVE = re.compile(r"(?m)^<!-- autograder: (?P<command>.+?) -->$")


def expand(text: str, master: Path) -> str:
    """The handout with every directive replaced.

    Args:
        text: of the master copy's README.md.
        master: the assignment's folder, with all of its questions.

    Raises:
        AuthoringError: a directive is unknown, or names what does not exist.

    """
    return _DIRECTIVE.sub(lambda found: _replacement(found["command"], master), text)


def _replacement(command: str, master: Path) -> str:
    name, *arguments = shlex.split(command)
    if name == "grading" and len(arguments) == 1 and arguments[0].startswith("minutes="):
        return _grading(arguments[0].removeprefix("minutes="), master)
    if name == "setup" and not arguments:
        return _setup(master)
    if name == "commands" and len(arguments) == 1:
        return _commands(master, arguments[0])
    if name == "feedback" and len(arguments) == 3:
        return f"```text\n{feedback(master, *arguments)}\n```"
    if name == "written" and not arguments:
        return _written(master / WRITTEN)
    raise AuthoringError(
        f"{master / 'README.md'}: unknown directive {command!r}; expected grading, setup, commands, feedback or written"
    )


def _written(path: Path) -> str:
    """The written questions as students see them: never the rubric, never the answer."""
    try:
        questions = tomllib.loads(path.read_text(encoding="utf-8"))["written"]
        sections = [
            f"### {q['title']} ({q['points']:g} points)\n\n{q['question'].strip()}" for q in questions if q["answer"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuthoringError(
            f"{path}: expected [[written]] with title, points, question and answer: {error}"
        ) from error
    head = "## Written questions\n\nA person reads these. Hand in the answers where your instructor says."
    return "\n\n".join([head, *sections])


def feedback(master: Path, question: str, name: str, misconception: str) -> str:
    """What a student with this misconception reads when the property fails on its recorded cases."""
    with fixed_draws():
        return _feedback(master, question, name, misconception)


def _feedback(master: Path, question: str, name: str, misconception: str) -> str:
    assignment = Assignment(master)
    asked = next((q for q in assignment.questions if q.name == question), None)
    stated = next((p for p in asked.properties if p.id == name), None) if asked else None
    wrong = misconceptions.load(master / "misconceptions", vars(assignment.reference)).get(question, ())
    answer = next((m for m in wrong if m.name == misconception), None)
    if stated is None or answer is None:
        raise AuthoringError(f"{master / 'README.md'}: no feedback of {question}, {name}, {misconception}")
    return property_text(judge(stated, {**vars(assignment.reference), question: answer.function}).result).rstrip()


def _setup(master: Path) -> str:
    name = master.name
    lines = [
        "**Set up:** once, in a terminal in this folder. `python3 --version` (Windows: `py --version`) must say",
        f"{OLDER} or newer; if it does not, install Python from [python.org](https://www.python.org/downloads/) first.",
        "It takes a minute and 270 MB. On Linux and macOS:",
        "",
        "```bash",
        "python3 -m venv .venv",
        "source .venv/bin/activate",
        "pip install -r requirements.txt",
        "```",
        "",
        "On Windows, in the Command Prompt:",
        "",
        "```bat",
        "py -m venv .venv",
        r".venv\Scripts\activate",
        "pip install -r requirements.txt",
        "```",
        "",
        "In a new terminal, repeat the second line.",
        "",
        f"**Check:** write a function in `{name}.py` and run `pytest`, as often as you like.",
    ]
    if (master / f"{name}_notebook.py").exists():
        lines += [
            "",
            "**Notebook:** optional. For its figures, run `pip install -r requirements-notebook.txt`",
            f"(another 380 MB), then `jupyter lab {name}.ipynb`.",
        ]
    return "\n".join(lines)


def _commands(master: Path, question: str) -> str:
    rows = {
        "pytest": "all questions",
        f"pytest tests/{question}.py": "one of them",
        "pytest --explore": "search for failures beyond the recorded cases",
        "autograder check": "all questions, confined and timed as in grading; with `--watch`, again whenever you save",
        f"autograder check {question}": "one of them",
        "autograder submit": f"check once more, and write `{master.name}-submission.zip` to hand in",
    }
    return "\n".join(["| command | what it does |", "|---|---|", *(f"| `{c}` | {does} |" for c, does in rows.items())])


def _grading(minutes: str, master: Path) -> str:
    rules, name = Assignment(master).contract, master.name
    limits = rules.limits
    packages = {re.split(r"[<>=]", need, maxsplit=1)[0] for need in GRADING_NEEDS}
    if any(q.is_property for q in rules.questions):
        computing = [
            f"Processor time is limited to {limits.call_seconds:g} seconds for each call of a property, memory to",
            f"{limits.memory // MIB:,} MiB.",
        ]
    else:
        packages -= PROPERTIES_IMPORT
        computing = [
            "Compute in double precision (float64): results are compared with an absolute and a relative tolerance of",
            "$10^{-9}$ unless a check says otherwise.",
            f"Processor time is limited to {limits.call_seconds:g} seconds for a call, {limits.property_seconds:g} for",
            f"all cases of a check, {limits.question_seconds:g} for a question and {limits.submission_seconds:g} for",
            f"the whole submission, memory to {limits.memory // MIB:,} MiB.",
        ]
    versions, older = (f"NumPy {v['numpy']} and SciPy {v['scipy']}" for v in (PINS[PYTHON], PINS[OLDER]))
    return "\n".join(
        [
            f"**Time:** about {minutes} minutes (an estimate; no class has been timed yet).",
            "",
            _setup(master),
            "",
            f"**Hand in:** the zip that `autograder submit` writes, or `{name}.py` or `{name}.ipynb`,",
            "where your instructor says, by the deadline stated there.",
            "",
            f"**How it is graded:** with Python {PYTHON}, {versions}; `requirements.txt` installs these versions",
            f"(on Python {OLDER}: {older}). Your answer may import {', '.join(sorted(packages))};",
            "nothing is downloaded, there is no network, and no file can be written outside a temporary folder.",
            *computing,
        ]
    )
