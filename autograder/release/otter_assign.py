"""Start an assignment from a notebook for ``otter assign``: functions and points are taken, tests are to complete."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from autograder.checks import contract
from autograder.model.errors import UsageError
from autograder.release.handout import SET_UP
from autograder.release.strip import BEGIN, END
from autograder.release.student import HANDOUT

_MARK = re.compile(r"\s*#\s*(BEGIN|END)\s+(QUESTION|TESTS|SOLUTION|PROMPT)\b[^\n]*\n?", re.IGNORECASE)
_CONFIG = re.compile(r'"{3}\s*#\s*BEGIN TEST CONFIG(.*?)"{3}\s*#\s*END TEST CONFIG[^\n]*\n?', re.DOTALL)
_HIDDEN = re.compile(r"^\s*#\s*HIDDEN[^\n]*\n", re.IGNORECASE | re.MULTILINE)
_INNER = re.compile(
    r"^[ \t]*#[ \t]*(?:BEGIN|END)[ \t]+(?:SOLUTION|PROMPT)[^\n]*\n|[ \t]*#[ \t]*SOLUTION[ \t]*$", re.MULTILINE
)


@dataclass
class _Test:
    text: str
    hidden: bool
    points: float | None = None


@dataclass
class _Question:
    name: str
    points: float = 1
    functions: list[ast.FunctionDef] = field(default_factory=list)
    tests: list[_Test] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """An assignment to complete.

    Attributes:
        files: name -> text.
        questions: points by name.
        left_out: names of Otter's questions that have no function.

    """

    files: Mapping[str, str]
    questions: Mapping[str, float]
    left_out: Sequence[str]


def draft(path: Path, name: str, title: str) -> Draft:
    """The draft of an assignment called ``name``, from the notebook.

    Raises:
        UsageError: it is no notebook of ``otter assign``, or none of its questions has a function.

    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found, shared = _read([(c["cell_type"], "".join(c["source"])) for c in cells])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise UsageError(
            f"{path}: expected a notebook for `otter assign`; found {type(error).__name__}: {error}"
        ) from error
    questions = [q for q in found if q.functions]
    if not questions:
        raise UsageError(
            f"{path}: expected questions between `# BEGIN QUESTION` and `# END QUESTION` that define a function; "
            f"found {len(found)} questions, and no function in them"
        )
    worth = {f.name: q.points / len(q.functions) for q in questions for f in q.functions}
    functions = [f for q in questions for f in q.functions]
    files = {
        f"tests/{contract.FILE}": _contract(functions, worth, title),
        f"{name}.py": _module(functions, shared, title),
        HANDOUT: _handout(functions, worth, title, cells),
    }
    for q in questions:
        for f in q.functions:
            tests = [t for t in q.tests if _about(t, q.functions) == f.name]
            files[f"tests/{f.name}.py"] = _properties(f, tests, worth[f.name])
    return Draft(files, worth, [q.name for q in found if not q.functions])


def _read(cells: Sequence[tuple[str, str]]) -> tuple[list[_Question], list[ast.stmt]]:
    """The questions, and the imports and functions outside of them."""
    found: list[_Question] = []
    shared: list[ast.stmt] = []
    question: _Question | None = None
    testing = prompt = False
    for kind, text in cells:
        mark = _MARK.match(text) if kind != "code" else None
        if mark:
            begins, what = mark[1].upper() == "BEGIN", mark[2].upper()
            if what == "QUESTION":
                question = _question(text[mark.end() :], len(found) + 1) if begins else None
                found += [question] if question else []
            testing = begins if what == "TESTS" else testing
            prompt = begins if what == "PROMPT" else prompt
        elif kind == "code" and testing and question:
            question.tests.append(_test(text))
        elif kind == "code" and not prompt:
            for node in _statements(_INNER.sub("", text)):
                if isinstance(node, ast.FunctionDef) and question:
                    question.functions = [f for f in question.functions if f.name != node.name] + [node]
                elif isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef):
                    shared.append(node)
    return found, shared


def _question(text: str, number: int) -> _Question:
    config: Any = yaml.safe_load(text) or {}
    points: Any = config.get("points", 1) if isinstance(config, dict) else 1
    points = points.get("total", points.get("each", 1)) if isinstance(points, dict) else points
    points = sum(points) if isinstance(points, list) else points
    name = config.get("name", f"q{number}") if isinstance(config, dict) else f"q{number}"
    return _Question(str(name), float(points or 1))


def _test(text: str) -> _Test:
    config: Any = {}
    if match := _CONFIG.search(text):
        config = yaml.safe_load(match[1]) or {}
        text = text.replace(match[0], "")
    hidden = bool(_HIDDEN.search(text)) or bool(config.get("hidden"))
    return _Test(_HIDDEN.sub("", text).strip(), hidden, config.get("points"))


def _statements(text: str) -> list[ast.stmt]:
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in text.splitlines())
    try:
        return ast.parse(plain).body
    except SyntaxError:
        return []


def _about(test: _Test, functions: Sequence[ast.FunctionDef]) -> str:
    """The function that a test is about: the last one of its question that it names."""
    named = [f.name for f in functions if re.search(rf"\b{f.name}\b", test.text)]
    return (named or [functions[0].name])[-1]


def _arguments(function: ast.FunctionDef) -> list[str]:
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args)]


def _contract(functions: Sequence[ast.FunctionDef], worth: Mapping[str, float], title: str) -> str:
    tables = [f"title = {json.dumps(title, ensure_ascii=False)}\n"]
    for f in functions:
        arguments = ", ".join(f'{a} = ""' for a in _arguments(f))
        tables.append(
            f'[[question]]\nname = "{f.name}"\npoints = {worth[f.name]:g}\n'
            f'arguments = {{ {arguments} }}  # TODO: shapes, such as "(n, d)"; "" is anything\n'
            'returns = "real ()"  # TODO: "real (n,)", "integer (n,)", "real like x", ...\n'
        )
    return "\n".join(tables)


def _module(functions: Sequence[ast.FunctionDef], shared: Sequence[ast.stmt], title: str) -> str:
    imports = [ast.unparse(n) for n in shared if not isinstance(n, ast.FunctionDef)]
    kept = [i for i in dict.fromkeys(imports) if not re.search(r"\botter\b", i)]
    helpers = [ast.unparse(n) for n in shared if isinstance(n, ast.FunctionDef)]
    parts = [f'"""{title}: your answers. Replace each `raise NotImplementedError`."""', "\n".join(kept), *helpers]
    return "\n\n\n".join([*filter(None, parts), *map(_marked, functions)]) + "\n"


def _marked(function: ast.FunctionDef) -> str:
    text = ast.get_docstring(function)
    body = function.body[1:] if text is not None else function.body
    head = ast.unparse(
        ast.FunctionDef(**{**vars(function), "body": [ast.Expr(ast.Constant(text or "TODO: what it returns."))]})
    )
    answer = "\n".join(ast.unparse(ast.fix_missing_locations(n)) for n in body) or "pass"
    indented = "\n".join(f"    {line}" if line else "" for line in answer.splitlines())
    return f"{head}\n    {BEGIN}\n{indented}\n    {END}"


def _properties(function: ast.FunctionDef, tests: Sequence[_Test], points: float) -> str:
    tests = tests or [_Test(f"{function.name}(...)", hidden=False)]
    given = sum(t.points or 0 for t in tests)
    each = max(points - given, 0) / max(sum(t.points is None for t in tests), 1)
    drawn = [a for a in _arguments(function) if a != function.name]
    imported = "from autograder.checks import arrays, expect, prop"
    parts = [f'"""Question {function.name}."""\n\n{imported}\n\nOK_FORMAT = False\nname = "{function.name}"\n']
    for number, test in enumerate(tests, 1):
        worth = each if test.points is None else test.points
        hidden = "hidden=True, " if test.hidden else ""
        draws = "".join(f", {a}=arrays()" for a in drawn)
        said = "\n".join(f"    # {line}".rstrip() for line in test.text.splitlines())
        names = ", ".join([function.name, *drawn, *(["reference"] if test.hidden else [])])
        prop = (
            f'@prop(points={worth:g}, {hidden}hint="TODO: what to think about"{draws})\n'
            f"def {function.name}_{number}({names}):\n"
            f'    """TODO: what holds for every case, not for one example."""\n'
            f"    # The notebook's test:\n{said}\n"
            f'    raise NotImplementedError("state the property: expect(actual, expected)")\n'
        )
        parts.append(f"{BEGIN}\n{prop}\n\n{END}\n" if test.hidden else prop)
    return "\n\n".join(parts)


def _handout(
    functions: Sequence[ast.FunctionDef], worth: Mapping[str, float], title: str, cells: Sequence[Mapping[str, Any]]
) -> str:
    rows = [f"| {i} | `{f.name}({', '.join(_arguments(f))})` | {worth[f.name]:g} |" for i, f in enumerate(functions, 1)]
    table = "\n".join(["| question | function | points |", "|---|---|---:|", *rows])
    texts = ["".join(c["source"]).strip() for c in cells if c["cell_type"] == "markdown"]
    return "\n\n".join([f"# {title}", table, SET_UP, *filter(None, texts)]) + "\n"
