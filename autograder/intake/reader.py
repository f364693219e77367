"""Read a submission, or explain why it cannot be read."""

from __future__ import annotations

import contextlib
import keyword
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from autograder.intake import by_hand, notebook
from autograder.intake.answers import answered, imported, misnamed
from autograder.intake.attempts import latest
from autograder.intake.discovery import Entry, plain_id
from autograder.intake.encoding import decode
from autograder.intake.kinds import ARCHIVES, NOTEBOOK, PYTHON, TAR, kind_of, without_ending
from autograder.intake.omissions import printable
from autograder.intake.tar import TarArchive
from autograder.intake.trees import Archive, Folder, Part, SelectedFiles, Tree, open_regular, read_at_most
from autograder.model.errors import IntakeError
from autograder.model.limits import IntakeLimits
from autograder.model.status import failed, for_a_person, not_graded
from autograder.model.submission import Submission, Unreadable

_MOST_NOTES = 10
_MOST_BESIDE = 5
"""Files that are looked at, of each kind, because they may be the answer."""
_DEEPEST = 3
"""Archives within archives."""


def read(
    path: Path,
    module_name: str,
    identity: str = "",
    *,
    questions: Collection[str] | None = None,
    limits: IntakeLimits | None = None,
) -> Submission | Unreadable:
    """Read one submission into memory; nothing of it runs.

    A ``.py`` or ``.ipynb`` is the answer, whatever it is called. In a folder or an archive the answer is the file
    ``<module_name>.py`` at any depth; where there is none, the notebook ``<module_name>.ipynb`` or a single
    notebook; where there is no notebook, a single ``.py``. A module or notebook as it was handed out gives way to a
    file beside it that answers a question. Python files beside the answer, and in folders below it, are its helpers.

    Args:
        path: what was handed in.
        module_name: the assignment's.
        identity: its name in the grades table; by default the name of the file or folder.
        questions: the names that must be kept of a notebook's assignments; all of them by default.
        limits: how much is read.

    Returns:
        The submission, or why there is none: ``unreadable``, ``ambiguous``, ``empty``, ``too large``,
        ``for a person: ...`` where only a person can judge it, or ``not graded: ...`` where the fault is the system's.

    """
    identity = identity or plain_id(path)
    bounds = limits or IntakeLimits()
    return _read(_Reader(path, module_name, identity, questions, bounds), None)


def read_beside(
    folder: Path, module_name: str, *, questions: Collection[str], helpers: bool = False
) -> Submission | Unreadable:
    """Read the answer in a student's own folder: the module, or the notebook of its name.

    Args:
        folder: the student's.
        module_name: the assignment's.
        questions: its questions.
        helpers: whether the other modules in the folder are read. Where they are not, Python imports them.

    """
    reader = _Reader(folder, module_name, folder.name, questions, IntakeLimits())
    reader.notes = []
    modules = sorted(p.name for p in folder.glob("*.py"))
    names = dict.fromkeys([f"{module_name}.py", f"{module_name}.ipynb", *(modules if helpers else ())])
    found = _read(reader, SelectedFiles(folder, list(names)))
    if f"{module_name}.py" in modules or (isinstance(found, Submission) and answered(found.source, questions)):
        return found
    why = f"expected your answers in {folder / module_name}.py; found no such file"
    return Unreadable(
        folder.name, failed("empty"), f"{why}{_renamed(folder, modules, module_name, questions)}", folder.name
    )


def _renamed(folder: Path, modules: Sequence[str], module_name: str, questions: Collection[str]) -> str:
    """Which of the modules is the answer, under another name."""
    for name in modules:
        with contextlib.suppress(IntakeError, OSError):
            theirs = answered(decode((folder / name).read_bytes(), name), questions)
            if theirs:
                found = ", ".join(q for q in questions if q in theirs)
                return f". {name} defines {found}: rename it to {module_name}.py?"
    return ""


def read_entry(
    entry: Entry,
    module_name: str,
    *,
    questions: Collection[str] | None = None,
    limits: IntakeLimits | None = None,
) -> Submission | Unreadable:
    """Read what :func:`find` found, as :func:`read` does; a part of an export too, which may hold no file."""
    if entry.metadata and entry.metadata.typed:
        status = f"{entry.metadata.typed}; expected {module_name}.py or {module_name}.ipynb"
        return Unreadable(entry.id, for_a_person(status), f"{entry.id}: {status}", entry.id)
    if entry.part is None:
        return read(entry.path, module_name, entry.id, questions=questions, limits=limits)
    reader = _Reader(Path(entry.id), module_name, entry.id, questions, limits or IntakeLimits())
    reader.notes = list(entry.notes)
    return _read(reader, entry.part)


def _read(reader: _Reader, part: Part | SelectedFiles | None) -> Submission | Unreadable:
    identity, path, bounds = reader.id, reader.path, reader.limits
    try:
        submission = reader.read() if part is None else reader.read_part(part)
    except IntakeError as error:
        status = (for_a_person if error.for_a_person else failed)(error.status)
        return Unreadable(identity, status, str(error), printable(path.name))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Unreadable(identity, not_graded(f"cannot be read ({why})"), f"{path}: {why}", path.name)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug of ours in reading one must not end the whole class)
        why = f"{type(error).__name__}: {error}"
        return Unreadable(identity, not_graded(f"internal error ({why})"), f"{path}: {why}", path.name)
    if len(submission.source.encode("utf-8", "surrogatepass")) > bounds.module:
        return Unreadable(identity, failed("too large"), f"{submission.origin}: too much source text", path.name)
    return submission


class _Answer(NamedTuple):
    """What :meth:`_Reader._read_answer` reads of the file ``name``."""

    name: str
    source: str
    helpers: dict[str, str]
    origin: str


class _Reader:
    def __init__(
        self,
        path: Path,
        module_name: str,
        identity: str,
        questions: Collection[str] | None,
        limits: IntakeLimits,
    ) -> None:
        self.path = path
        self.module = module_name
        self.id = identity
        self.questions = questions
        self.limits = limits
        self.notes: list[str] = []
        if identity != plain_id(path):
            self.notes.append(f"listed as {identity}, since another submission is called {plain_id(path)} too")

    def read(self) -> Submission:
        name, kind = self.path.name, kind_of(self.path.name)
        if self.path.is_dir() and not self.path.is_symlink():
            return self._from_tree(Folder(self.path, self.limits))
        if kind in ARCHIVES:
            return self._from_archive(self.path, None, 0)
        if not kind:
            open_regular(self.path).close()
            raise IntakeError(
                f"{name}: expected a .py, .ipynb, .zip or .tar.gz file, or a folder; "
                f"found {self.path.suffix.lower() or 'no suffix'}",
                by_hand.kind_of_file(name),
                for_a_person=True,
            )
        with open_regular(self.path) as file:
            data = read_at_most(file, self.limits.notebook if kind == NOTEBOOK else self.limits.module, name)
        source, helpers = self._source(data, kind, name)
        return self._submission(source, helpers, name)

    def read_part(self, part: Part | SelectedFiles) -> Submission:
        """Read files that were handed in together: a single one is the answer, or holds it."""
        if not part.names:
            raise IntakeError("; ".join(self.notes) or f"{self.path.name}: expected a file; found none", "empty")
        return self._from_tree(part)

    def _from_archive(self, path: Path, data: bytes | None, depth: int) -> Submission:
        archive = (TarArchive if kind_of(path.name) == TAR else Archive)(path, self.limits, data)
        try:
            return self._from_tree(archive, depth)
        finally:
            archive.close()

    def _from_tree(self, tree: Tree, depth: int = 0) -> Submission:
        packed = [n for n in tree.names if kind_of(n) in ARCHIVES]
        if len(packed) == 1 and depth < _DEEPEST and not any(kind_of(n) in {PYTHON, NOTEBOOK} for n in tree.names):
            data = tree.read(packed[0], self.limits.packed)
            return self._from_archive(Path(packed[0].rpartition("/")[2]), data, depth + 1)
        answer = self._choose(tree)
        source, helpers, origin = self._read_answer(tree, answer)
        other = self._instead(tree, answer, source)
        if other is not None:
            answer, source, helpers, origin = other
        helpers = {**self._helpers(tree, answer), **helpers}
        helpers.pop(self.module, None)
        self.notes += tree.left_out.notes[:_MOST_NOTES]
        return self._submission(source, helpers, origin)

    def _read_answer(self, tree: Tree, answer: str) -> tuple[str, dict[str, str], str]:
        kind = kind_of(answer)
        origin = f"{self.path.name}: {answer}"
        data = tree.read(answer, self.limits.notebook if kind == NOTEBOOK else self.limits.module)
        return *self._source(data, kind, origin), origin

    def _instead(self, tree: Tree, answer: str, source: str) -> tuple[str, str, dict[str, str], str] | None:
        """The one answered file beside an answer that is as it was handed out."""
        questions = self.questions or ()
        mine = answered(source, questions)
        if not questions or (mine and kind_of(answer) == NOTEBOOK):
            return None
        beside = [name for name in _notebooks(tree.names) if name != answer][:_MOST_BESIDE]
        # In a student's own folder pytest imports the module of that name, and no other.
        if not isinstance(tree, SelectedFiles):
            used = imported(source)
            modules = [n for n in tree.names if kind_of(n) == PYTHON and n != answer and not _is_given(n, used)]
            beside += modules[:_MOST_BESIDE]
        found: list[tuple[_Answer, list[str]]] = []
        for name in beside:
            try:
                found.append(self._try(tree, name))
            except IntakeError as error:
                if not mine:
                    self.notes.append(f"not read: {error}")
        found = [other for other in found if other[0].source != source and answered(other[0].source, questions)]
        module = answer.rpartition("/")[2]
        if len({other.source for other, _ in found}) == 1 and not mine:
            other, notes = found[0]
            self.notes += [f"{module} is as it was handed out, so {other.name.rpartition('/')[2]} is graded", *notes]
            return other
        if found:
            names = ", ".join(other.name.rpartition("/")[2] for other, _ in found)
            twice = sorted(set().union(*(answered(other.source, questions) for other, _ in found)))
            self.notes.append(
                f"{module} is graded, not {names}, which defines {', '.join(twice)}{' too' if mine else ''}"
            )
        elif not mine and (packed := [n for n in tree.names if kind_of(n) in ARCHIVES]):
            self.notes.append(f"not opened: {', '.join(packed[:_MOST_BESIDE])}, since {module} is beside it")
        return None

    def _try(self, tree: Tree, name: str) -> tuple[_Answer, list[str]]:
        """A file read as an answer, and what is noted on it, which goes with it."""
        before, self.notes = self.notes, []
        try:
            return _Answer(name, *self._read_answer(tree, name)), self.notes
        finally:
            self.notes = before

    def _submission(self, source: str, helpers: dict[str, str], origin: str) -> Submission:
        wrong = misnamed(source, self.questions or ())
        self.notes += [f"{question} is not defined; {name} is: did you mean that?" for question, name in wrong.items()]
        return Submission(self.id, source, helpers, origin, tuple(self.notes))

    def _source(self, data: bytes, kind: str, origin: str) -> tuple[str, dict[str, str]]:
        if kind == PYTHON:
            return decode(data, origin), {}
        made = notebook.to_module(data, origin, self.questions, self.limits, self.module)
        self.notes += made.notes
        return made.source, made.helpers

    def _choose(self, tree: Tree) -> str:
        several = answers(tree.names, self.module)
        if len(last := latest(several)) < len(several):
            self.notes.append(f"of several attempts the latest counts: {', '.join(map(printable, last))}")
        candidates = self._different(tree, last)
        expected = f"{self.path.name}: expected {self.module}.py or a single notebook"
        if len(candidates) > 1:
            shown = ", ".join(map(printable, sorted(candidates)[:3])) + (", ..." if len(candidates) > 3 else "")
            raise IntakeError(f"{expected}; found {len(candidates)} candidates: {shown}", "ambiguous")
        if not candidates:
            found = ", ".join([*map(printable, sorted(tree.names)[:3]), *tree.left_out.notes[:3]]) or "nothing"
            document = by_hand.document(tree.names)
            raise IntakeError(f"{expected}; found {found}", document or "empty", for_a_person=bool(document))
        return candidates[0]

    def _different(self, tree: Tree, candidates: list[str]) -> list[str]:
        """Of several candidates, one that all others are copies of, or the only one that answers anything."""
        if not 1 < len(set(candidates)) == len(candidates) <= _MOST_BESIDE:
            return candidates
        try:
            read = [self._try(tree, name)[0] for name in sorted(candidates, key=lambda n: (n.count("/"), n))]
        except IntakeError:
            return candidates
        different = {answer.source: answer.name for answer in reversed(read)}
        if len(different) > 1:
            different = {s: name for s, name in different.items() if answered(s, self.questions or ())}
        if len(different) != 1:
            return candidates
        (name,) = different.values()
        others = ", ".join(printable(other) for other in sorted(candidates) if other != name)
        self.notes.append(f"{printable(name)} is graded; {others}: a copy of it, or without answers")
        return [name]

    def _helpers(self, tree: Tree, answer: str) -> dict[str, str]:
        home = answer.rpartition("/")[0]
        prefix = f"{home}/" if home else ""
        helpers: dict[str, str] = {}
        left = self.limits.total
        for name in dict.fromkeys(tree.names):
            if name == answer or not name.startswith(prefix) or not name.endswith(".py"):
                continue
            parts = name[len(prefix) : -len(".py")].split("/")
            # A package's tests folder that came with the assignment is no part of the answer.
            if parts[0] == "tests" or not all(p.isidentifier() and not keyword.iskeyword(p) for p in parts):
                continue
            if len(helpers) == self.limits.helpers:
                self.notes.append(f"left out further modules: at most {self.limits.helpers} are read")
                break
            try:
                data = tree.read(name, min(left, self.limits.module))
                helpers[".".join(parts)] = decode(data, f"{self.path.name}: {name}")
            except IntakeError as error:
                self.notes.append(f"left out: {error}")
                continue
            left -= len(data)
        return helpers


def answers(names: Sequence[str], module_name: str) -> list[str]:
    """The names of a folder or archive that may be the answer: of the best kind, all that there are."""
    choices = [
        _named(names, module_name, PYTHON),
        _named(names, module_name, NOTEBOOK),
        _notebooks(names),
        [n for n in names if kind_of(n) == PYTHON and not n.endswith("__init__.py")],
    ]
    return next((c for c in choices if c), [])


def _is_given(name: str, used: Collection[str]) -> bool:
    """Whether a module is used by the answer, or came with the assignment, as the tests did."""
    parts = name.split("/")
    return "tests" in parts[:-1] or parts[-1] == "__init__.py" or without_ending(parts[-1]) in used


def _notebooks(names: Sequence[str]) -> list[str]:
    return [n for n in names if kind_of(n) == NOTEBOOK]


def _named(names: Sequence[str], module: str, kind: str) -> list[str]:
    """All names of this kind that match the module up to case: two such files clash on many disks."""
    last = {n: n.rpartition("/")[2] for n in names}
    return [n for n in names if kind_of(n) == kind and without_ending(last[n]).casefold() == module.casefold()]
