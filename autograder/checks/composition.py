"""Compose an assignment from questions of other assignments, without copying them by hand.

A question in ``tests/contract.toml`` may come from another assignment beside this one::

    [[question]]
    from = "naive_bayes:predict"
    name = "predict_bayes"                            # another name, if you like
    points = 20                                       # its properties keep their proportions, in steps of 1/2
    properties = { ties_go_to_the_smallest_label = 4 }   # or say what some of them are worth

:func:`complete` writes the resulting master copy into ``.composed``: contract, question files with their
recorded cases, reference answers and misconceptions, and the mutants that were declared to be equivalent. Everything
else works on that folder as on any other.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import tokenize
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.model.errors import AuthoringError

CONTRACT = Path("tests", "contract.toml")
COMPOSED = ".composed"
EQUIVALENTS = "equivalents.toml"
TAKEN_EQUIVALENTS = "taken_equivalents.toml"
"""In a composed assignment: the entries of the ``equivalents.toml`` of the assignments that its questions come from."""
_MARKER = re.compile(r"\s*# (BEGIN|END) SOLUTION\s*")
_LEFT_OUT = {"class", "__pycache__", COMPOSED}


def complete(master: Path) -> Path:
    """The folder of a master copy with all of its questions in it: ``master`` itself, unless its contract composes.

    The result depends on the files it is made from only, and is made once.

    Raises:
        AuthoringError: a question, or a function that it needs, does not exist or exists twice.

    """
    master = Path(master)
    path = master / CONTRACT
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return master  # reading the contract reports what is wrong with it
    questions = table.get("question")
    if not isinstance(questions, list) or not any(isinstance(q, dict) and "from" in q for q in questions):
        return master
    files = _compose(master, table)
    key = hashlib.sha256()
    for name, data in sorted(files.items()):
        key.update(f"{name}\0{len(data)}\0".encode() + data)
    return _write(master, key.hexdigest()[:16], files)


def _write(master: Path, key: str, files: Mapping[str, bytes]) -> Path:
    name = master.resolve().name
    places = [master.resolve() / COMPOSED, Path(tempfile.gettempdir()) / f"autograder-composed-{os.getuid()}"]
    for place in places:
        target = place / f"{name}-{key}" / name
        if target.is_dir():
            return target
        try:
            place.mkdir(mode=0o755, exist_ok=True)
            if place.stat().st_uid != os.getuid():
                continue
            made = Path(tempfile.mkdtemp(dir=place))
        except OSError:
            continue
        for file, data in files.items():
            (made / name / file).parent.mkdir(parents=True, exist_ok=True)
            (made / name / file).write_bytes(data)
        made.chmod(0o755)
        try:
            made.rename(target.parent)
        except OSError:  # another process was faster, with the same files
            shutil.rmtree(made, ignore_errors=True)
        return target
    raise AuthoringError(f"{master}: no place to compose it; {places[0]} and {places[1]} cannot be written to")


@dataclass(frozen=True)
class _Bank:
    """An assignment from which questions are taken."""

    folder: Path

    @cached_property
    def contract(self) -> dict[str, Any]:
        """Name of a question -> its table in the contract."""
        table = tomllib.loads((self.folder / CONTRACT).read_text(encoding="utf-8"))
        return {q["name"]: q for q in table["question"] if "name" in q and "from" not in q}

    @cached_property
    def source(self) -> str:
        return (self.folder / f"{self.folder.name}.py").read_text(encoding="utf-8")

    @cached_property
    def definitions(self) -> dict[str, str]:
        """Top-level name of the reference -> its source, comments up to the next definition included."""
        lines, body = self.source.splitlines(), ast.parse(self.source).body
        starts = [min([n.lineno, *(d.lineno for d in getattr(n, "decorator_list", ()))]) for n in body]
        ends = [*(s - 1 for s in starts[1:]), len(lines)]
        found: dict[str, str] = {}
        for node, start, end in zip(body, starts, ends, strict=True):
            text = "\n".join(line for line in lines[start - 1 : end] if not re.match(r"# (BEGIN|END) SOLUTION", line))
            for name in _bound(node):
                found[name] = text.rstrip()
        return found

    @cached_property
    def imports(self) -> list[str]:
        nodes = [n for n in ast.parse(self.source).body if isinstance(n, (ast.Import, ast.ImportFrom))]
        return [ast.unparse(n) for n in nodes]

    def needed_by(self, names: Iterable[str]) -> set[str]:
        """All top-level names of the reference that these use, directly or not, themselves included."""
        todo, found = [n for n in names if n in self.definitions], set()
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += [n for n in _names_in(self.definitions[name]) if n in self.definitions]
        return found


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [t.id for t in node.targets if isinstance(t, ast.Name)]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []


def _names_in(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    used = {n.id for n in nodes if isinstance(n, ast.Name)}
    attributes = [n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)]
    return used | {n.attr for n in attributes if isinstance(n.value, ast.Name) and n.value.id == "reference"}


def _compose(master: Path, table: Mapping[str, Any]) -> dict[str, bytes]:
    name = master.resolve().name
    files = {
        path.relative_to(master).as_posix(): path.read_bytes()
        for path in sorted(master.rglob("*"))
        if path.is_file() and not _LEFT_OUT & set(path.relative_to(master).parts)
    }
    banks: dict[str, _Bank] = {}
    renames: dict[str, dict[str, str]] = {}
    entries: list[dict[str, Any]] = []
    for entry in table["question"]:
        if "from" not in entry:
            entries.append(entry)
            continue
        bank, old = _find(master, entry["from"], banks)
        new = entry.get("name", old)
        renames.setdefault(bank.folder.name, {})[old] = new
        known = bank.contract[old]
        entries.append(
            {
                **known,
                "name": new,
                "points": entry.get("points", known["points"]),
                "bank": bank,
                "old": old,
                "properties": entry.get("properties", {}),
            }
        )
    asked: dict[str, set[str]] = {}
    for entry in entries:
        if "bank" not in entry:
            continue
        bank, old, new = entry["bank"], entry["old"], entry["name"]
        renamed = renames[bank.folder.name]
        test = (bank.folder / "tests" / f"{old}.py").read_text(encoding="utf-8")
        uses = asked.setdefault(bank.folder.name, set())
        uses |= {old} | _names_in(test)
        points = _points(entry, test)
        files[f"tests/{new}.py"] = rename(_with_points(test, points), renamed).encode()
        files[f"tests/{new}.json"] = (bank.folder / "tests" / f"{old}.json").read_bytes()
        wrong = bank.folder / "misconceptions" / f"{old}.py"
        if wrong.is_file():
            text = wrong.read_text(encoding="utf-8")
            uses |= _names_in(text)
            files[f"misconceptions/{new}.py"] = rename(text, renamed).encode()
    files[TAKEN_EQUIVALENTS] = _equivalents(banks, renames).encode()
    files[CONTRACT.as_posix()] = _contract(table, entries).encode()
    own = files.get(f"{name}.py", b"").decode()
    files[f"{name}.py"] = _reference(str(table.get("title", name)), own, entries, banks, renames, asked).encode()
    return files


def _find(master: Path, source: Any, banks: dict[str, _Bank]) -> tuple[_Bank, str]:
    assignment, colon, question = str(source).partition(":")
    folder = master.resolve().parent / assignment
    if not colon or not (folder / CONTRACT).is_file():
        raise AuthoringError(f"{master / CONTRACT}: expected from = 'assignment:question'; found {source!r}")
    bank = banks.setdefault(assignment, _Bank(folder))
    if question not in bank.contract:
        known = ", ".join(bank.contract)
        raise AuthoringError(f"{master / CONTRACT}: {assignment} has no question {question!r}; expected one of {known}")
    return bank, question


def _declared(source: str) -> list[tuple[str, ast.Constant]]:
    """Every property of a question file with the place of its points."""
    found = []
    for node in ast.parse(source).body:
        calls: list[ast.expr] = []
        if isinstance(node, ast.FunctionDef):
            calls, name = node.decorator_list, node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            calls, name = [node.value], node.targets[0].id
        for call in calls:
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"prop", "inputs_unchanged"}:
                value = next((k.value for k in call.keywords if k.arg == "points"), None)
                if isinstance(value, ast.Constant):
                    found.append((name, value))
    return found


def _points(entry: Mapping[str, Any], source: str) -> dict[str, float]:
    """What each property is worth: as the contract says, the others in their proportions, in steps of 1/2."""
    given: dict[str, float] = entry.get("properties", {})
    declared = {name: float(value.value) for name, value in _declared(source)}  # type: ignore[arg-type]
    if unknown := set(given) - set(declared):
        raise AuthoringError(
            f"{entry['name']}: no property {', '.join(sorted(unknown))}; expected {', '.join(declared)}"
        )
    others = {name: worth for name, worth in declared.items() if name not in given}
    steps = round(2 * (entry["points"] - sum(given.values())))
    if steps < len(others):
        raise AuthoringError(f"{entry['name']}: {entry['points']:g} points are too few for {len(declared)} properties")
    exact = {name: steps * worth / sum(others.values()) for name, worth in others.items()}
    halves = {name: max(1, int(value)) for name, value in exact.items()}
    while (missing := steps - sum(halves.values())) != 0:
        step = 1 if missing > 0 else -1
        able = [n for n in halves if step > 0 or halves[n] > 1]
        most = max(able, key=lambda n: step * (exact[n] - halves[n]))
        halves[most] += step
    return {**given, **{name: value / 2 for name, value in halves.items()}}


def _with_points(source: str, points: Mapping[str, float]) -> str:
    lines = source.encode().splitlines(keepends=True)
    for name, value in sorted(_declared(source), key=lambda d: (d[1].lineno, d[1].col_offset), reverse=True):
        line = lines[value.lineno - 1]
        lines[value.lineno - 1] = line[: value.col_offset] + f"{points[name]:g}".encode() + line[value.end_col_offset :]
    return b"".join(lines).decode()


def rename(source: str, names: Mapping[str, str]) -> str:
    """``source`` with functions renamed: in code, as a whole string, and where a text calls one, ``old(...)``."""
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return source
    called = re.compile(rf"\b({'|'.join(map(re.escape, changed))})\b(?=\()")
    lines = source.splitlines(keepends=True)
    edits: list[tuple[tuple[int, int], tuple[int, int], str]] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        new = token.string
        if token.type == tokenize.NAME:
            new = changed.get(token.string, token.string)
        elif token.type in {tokenize.STRING, tokenize.COMMENT}:
            whole = token.string.strip("\"'")
            new = token.string.replace(whole, changed[whole]) if whole in changed else new
            new = called.sub(lambda m: changed[m[1]], new)
        if new != token.string:
            edits.append((token.start, token.end, new))
    for (row, column), (end_row, end_column), new in reversed(edits):
        tail = lines[end_row - 1][end_column:]
        lines[row - 1 : end_row] = [lines[row - 1][:column] + new + tail]
    return "".join(lines)


def _equivalents(banks: Mapping[str, _Bank], renames: Mapping[str, Mapping[str, str]]) -> str:
    """Mutants that are right answers, and reasons to keep a property of the questions that were taken."""
    mutants: dict[str, dict[str, Any]] = {}
    keep: dict[str, str] = {}
    for name, bank in banks.items():
        path = bank.folder / EQUIVALENTS
        table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        mutants |= {entry["id"]: entry for entry in table.get("mutant", [])}
        for key, reason in table.get("keep", {}).items():
            question, dot, check = key.partition(".")
            if question in renames[name]:
                keep[renames[name][question] + dot + check] = reason
            elif question == "*":
                keep |= {f"{new}.{check}": reason for new in renames[name].values()}
    out = []
    for entry in mutants.values():
        out += ["[[mutant]]", *(f"{k} = {json.dumps(v)}" for k, v in entry.items()), ""]
    return "\n".join([*out, "[keep]", *(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in keep.items())]) + "\n"


def _contract(table: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> str:
    plain = {k: v for k, v in table.items() if k != "question" and not isinstance(v, dict)}
    out = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in plain.items()]
    for name, values in table.items():
        if isinstance(values, dict):
            out += ["", f"[{name}]", *(f"{k} = {json.dumps(v)}" for k, v in values.items())]
    for entry in entries:
        shapes = ", ".join(f"{k} = {json.dumps(v)}" for k, v in entry["arguments"].items())
        out += ["", "[[question]]", f"name = {json.dumps(entry['name'])}", f"points = {json.dumps(entry['points'])}"]
        out += [f"arguments = {{ {shapes} }}", f"returns = {json.dumps(entry['returns'])}"]
    return "\n".join(out) + "\n"


def _reference(
    title: str,
    own: str,
    entries: Iterable[Mapping[str, Any]],
    banks: Mapping[str, _Bank],
    renames: Mapping[str, Mapping[str, str]],
    asked: Mapping[str, Iterable[str]],
) -> str:
    """The module of reference answers: the functions in the contract's order; what else they need is solution."""
    imports: dict[str, None] = {}
    helpers: dict[str, str] = {}
    for name, bank in banks.items():
        imports.update(dict.fromkeys(bank.imports))
        needed = bank.needed_by(asked[name])
        for helper in (n for n in bank.definitions if n in needed and n not in renames[name]):
            lines = bank.definitions[helper].splitlines()
            text = rename("\n".join(x for x in lines if not _MARKER.fullmatch(x)), renames[name])
            if helpers.setdefault(helper, text) != text:
                raise AuthoringError(f"{title}: {helper} is needed from two assignments, which define it differently")
    questions = {
        entry["name"]: rename(entry["bank"].definitions[entry["old"]], renames[entry["bank"].folder.name])
        for entry in entries
        if "bank" in entry
    }
    if twice := set(helpers) & set(questions):
        raise AuthoringError(f"{title}: {', '.join(sorted(twice))} is a question and a helper of another; rename it")
    parts = [
        f'"""{title}.\n\nWrite the functions below; README.md describes them.\n"""',
        "\n".join(sorted(imports, key=lambda line: "__future__" not in line)),
    ]
    if helpers:
        parts.append("# BEGIN SOLUTION\n" + "\n\n\n".join(helpers.values()) + "\n# END SOLUTION")
    parts += questions.values()
    return "\n\n\n".join(filter(None, [*parts, own.strip()])) + "\n"
