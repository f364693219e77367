"""One handed-in thing to a submission, or to the reason why it is none."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath

from autograder.intake import notebook
from autograder.intake.discovery import Entry, plain_id
from autograder.intake.encoding import decode
from autograder.intake.trees import Archive, Folder, Part, Tree, open_regular, read_at_most
from autograder.model.errors import IntakeError
from autograder.model.limits import IntakeLimits
from autograder.model.status import failed, for_a_person, not_graded
from autograder.model.submission import Submission, Unreadable

_MOST_NOTES = 10


def read(
    path: Path,
    module_name: str,
    identity: str = "",
    *,
    questions: Collection[str] | None = None,
    limits: IntakeLimits | None = None,
) -> Submission | Unreadable:
    """Read one submission into memory; nothing of it runs.

    A ``.py`` or ``.ipynb`` is the answer, whatever it is called. In a folder or ``.zip`` the answer is the file
    ``<module_name>.py`` at any depth; where there is none, the notebook ``<module_name>.ipynb`` or a single
    notebook; where there is no notebook, a single ``.py``. Python files beside the answer, and in folders
    below it, are its helpers.

    Args:
        path: what was handed in.
        module_name: the assignment's.
        identity: its name in the grades table; by default the name of the file or folder.
        questions: the names that must be kept of a notebook's assignments; all of them by default.
        limits: how much is read.

    Returns:
        The submission, or why there is none: ``unreadable``, ``ambiguous``, ``empty``, ``too large``, or
        ``not graded: ...`` where the fault is the system's.

    """
    identity = identity or plain_id(path)
    bounds = limits or IntakeLimits()
    return _read(_Reader(path, module_name, identity, questions, bounds), None)


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


def _read(reader: _Reader, part: Part | None) -> Submission | Unreadable:
    identity, path, bounds = reader.id, reader.path, reader.limits
    try:
        submission = reader.read() if part is None else reader.read_part(part)
    except IntakeError as error:
        status = (for_a_person if error.for_a_person else failed)(error.status)
        return Unreadable(identity, status, str(error), path.name)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Unreadable(identity, not_graded(f"cannot be read ({why})"), f"{path}: {why}", path.name)
    except Exception as error:  # noqa: BLE001  (a bug of ours in reading one must not end the whole class)
        why = f"{type(error).__name__}: {error}"
        return Unreadable(identity, not_graded(f"internal error ({why})"), f"{path}: {why}", path.name)
    if len(submission.source.encode("utf-8", "surrogatepass")) > bounds.module:
        return Unreadable(identity, failed("too large"), f"{submission.origin}: too much source text", path.name)
    return submission


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
        name, suffix = self.path.name, self.path.suffix.lower()
        if self.path.is_dir() and not self.path.is_symlink():
            return self._from_tree(Folder(self.path, self.limits))
        if suffix == ".zip":
            archive = Archive(self.path, self.limits)
            try:
                return self._from_tree(archive)
            finally:
                archive.close()
        if suffix not in {".py", ".ipynb"}:
            open_regular(self.path).close()
            raise IntakeError(
                f"{name}: expected a .py, .ipynb or .zip file, or a folder; found {suffix or 'no suffix'}"
            )
        with open_regular(self.path) as file:
            data = read_at_most(file, self.limits.notebook if suffix == ".ipynb" else self.limits.module, name)
        return self._submission(self._source(data, suffix, name), {}, name)

    def read_part(self, part: Part) -> Submission:
        """Read files that were handed in together: a single one is the answer, or holds it."""
        if not part.names:
            raise IntakeError("; ".join(self.notes) or f"{self.path.name}: expected a file; found none", "empty")
        answers = [n for n in part.names if n.lower().endswith((".py", ".ipynb"))]
        zips = [n for n in part.names if n.lower().endswith(".zip")]
        if not answers and len(zips) == 1:
            data = part.read(zips[0], self.limits.packed)
            archive = Archive(Path(zips[0]), self.limits, data)
            try:
                return self._from_tree(archive)
            finally:
                archive.close()
        return self._from_tree(part)

    def _from_tree(self, tree: Tree) -> Submission:
        answer = self._choose(tree)
        suffix = PurePosixPath(answer).suffix.lower()
        origin = f"{self.path.name}: {answer}"
        data = tree.read(answer, self.limits.notebook if suffix == ".ipynb" else self.limits.module)
        source = self._source(data, suffix, origin)
        helpers = self._helpers(tree, answer)
        self.notes += tree.notes[:_MOST_NOTES]
        return self._submission(source, helpers, origin)

    def _submission(self, source: str, helpers: dict[str, str], origin: str) -> Submission:
        return Submission(self.id, source, helpers, origin, tuple(self.notes))

    def _source(self, data: bytes, suffix: str, origin: str) -> str:
        if suffix == ".py":
            return decode(data, origin)
        source, notes = notebook.to_module(data, origin, self.questions, self.limits)
        self.notes += notes
        return source

    def _choose(self, tree: Tree) -> str:
        candidates = answers(tree.names, self.module)
        expected = f"{self.path.name}: expected {self.module}.py or a single notebook"
        if len(candidates) > 1:
            shown = ", ".join(sorted(candidates)[:3]) + (", ..." if len(candidates) > 3 else "")
            raise IntakeError(f"{expected}; found {len(candidates)} candidates: {shown}", "ambiguous")
        if not candidates:
            found = ", ".join([*sorted(tree.names)[:3], *tree.notes[:3]]) or "nothing"
            raise IntakeError(f"{expected}; found {found}", "empty")
        return candidates[0]

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
        _named(names, f"{module_name}.py"),
        _named(names, f"{module_name}.ipynb"),
        [n for n in names if n.lower().endswith(".ipynb")],
        [n for n in names if n.lower().endswith(".py") and not n.endswith("__init__.py")],
    ]
    return next((c for c in choices if c), [])


def _named(names: Sequence[str], wanted: str) -> list[str]:
    """All names, at any depth, whose last part is ``wanted`` up to case: two such files clash on many disks."""
    return [n for n in names if n.rpartition("/")[2].casefold() == wanted.casefold()]
