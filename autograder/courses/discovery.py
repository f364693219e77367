"""Find every submission of a class, in exports of any course system."""

from __future__ import annotations

import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from autograder import intake
from autograder.courses.github_classroom import GIT
from autograder.courses.system import CourseSystem, Export, ExportedSubmission
from autograder.courses.systems import system_of
from autograder.intake import Entry
from autograder.intake.kinds import ARCHIVES, TAR, kind_of
from autograder.intake.tar import TarArchive
from autograder.intake.trees import Archive, Folder, Part, Tree
from autograder.model.errors import IntakeError, UsageError
from autograder.model.limits import MIB, IntakeLimits
from autograder.model.people import SubmissionMetadata, is_test_student, printable
from autograder.model.submission import Submission

_LIMITS = IntakeLimits(entries=500_000, directory=128 * MIB)
"""Of a whole class."""
_WRAPPINGS = 3
"""Folders, each alone in the one above, in which an export may be packed."""
_PARTS = frozenset(
    {
        *("src", "source", "code", "lib", "scripts", "notebook", "notebooks", "test", "tests", "data", "doc", "docs"),
        *("figures", "plots", "images", "utils", "helpers", "assignment", "submission", "homework", "hw", "solution"),
        *("old", "new", "final", "draft", "backup", "archive", "v1", "v2", "v3", "first_try", "second_try", "copy"),
        *("misc", "extra", "extras", "examples", "report", "checkpoints"),
    }
)
"""Folders of one submission, in lower case, where others hold one student each."""
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar")


def find(paths: Sequence[Path], module_name: str, *, tell: Callable[[str], None] = lambda _: None) -> list[Entry]:
    """Every submission that the paths name, sorted by id.

    An export of a course system, zip or folder, gives an entry for each sender. So does an archive of several
    submissions, and a folder of nothing but such archives and folders, as of a class in sections. Everything else is
    found as :func:`autograder.intake.find` does.

    Students choose what is in their files, so that an archive beside single submissions is one of them.

    Args:
        paths: files and folders, as given on the command line.
        module_name: the assignment's.
        tell: is given a line on each path that was not taken for a submission or a folder of submissions.

    Raises:
        UsageError: a path does not exist, a folder holds nothing, an export cannot be read, or is beside
            single submissions.

    """
    exported: list[Entry] = []
    others: list[Path] = []
    sources = {path: _Source.at(path, module_name) for path in dict.fromkeys(paths)}
    alone = all(source.classes for source in sources.values())
    for path, source in sources.items():
        if not source.classes:
            others.append(path)
        elif alone:
            for each in source.classes:
                entries = each.entries()
                count = f"{len(entries)} submission{'' if len(entries) == 1 else 's'}"
                tell(f"{printable(str(each.path))}: {each.kind}, {count}{each.remark}")
                exported += entries
        else:
            _expect_submission(path, source.classes[0], module_name)
            kind = source.classes[0].kind
            tell(f"{printable(str(path))}: looks like {kind}; read as one submission, like what is beside it")
            others.append(path)
    ordinary = intake.find(others, module_name) if others else []
    return sorted(intake.unique([*ordinary, *exported]), key=lambda e: e.id)


def _expect_submission(path: Path, found: _Class, module_name: str) -> None:
    named = {f"{module_name}.py", f"{module_name}.ipynb"}
    one = len(found.submissions) == 1 or any(n.rpartition("/")[2] in named for n in found.tree.names)
    if path.is_dir() or not one or not isinstance(intake.read(path, module_name), Submission):
        raise UsageError(
            f"{path}: this is {found.kind}, beside single submissions or a folder of them; grade it by a command of "
            "its own, with another --out"
        )


@dataclass(frozen=True)
class _Class:
    """Several submissions in one folder or archive.

    Attributes:
        path: where they are.
        kind: what that is, for messages.
        tree: all of its files.
        submissions: what it consists of.
        known: whether a system tells who handed in what.
        remark: what was left out, in words.

    """

    path: Path
    kind: str
    tree: Tree
    submissions: Sequence[ExportedSubmission]
    known: bool = True
    remark: str = ""

    def entries(self) -> list[Entry]:
        """An entry for each submission."""
        return [
            Entry(self.path, intake.fit(s.id), Part(self.tree, s.files), s.metadata if self.known else None, s.notes)
            for s in self.submissions
        ]


@dataclass(frozen=True)
class _Source:
    """What a path on the command line turned out to be: classes, or none for a submission and an ordinary folder."""

    classes: Sequence[_Class] = field(default_factory=tuple)

    @classmethod
    def at(cls, path: Path, module_name: str) -> _Source:
        """Look at a path.

        Raises:
            UsageError: it is an export, and cannot be read.

        """
        try:
            path = path.resolve(strict=True)
            if not stat.S_ISDIR(path.stat().st_mode):
                found = _in_archive(path, module_name)
                return cls((found,) if found else ())
            inside = intake.visible(path)
            if any(p.name == f"{module_name}.py" for p in inside):
                return cls()
            if found := _export_in(path):
                return cls((found,))
            return cls(tuple(_sections(inside, module_name)))
        except (OSError, IntakeError, RuntimeError):
            # Reading it as a submission reports what is wrong with it.
            return cls()


def _sections(inside: Sequence[Path], module_name: str) -> list[_Class]:
    """The classes in a folder that holds nothing else; none where it holds something else."""
    found: list[_Class] = []
    for path in inside:
        if path.is_symlink():
            return []
        each = _section(path, module_name) if path.is_dir() else list(filter(None, [_in_archive(path, module_name)]))
        if not each:
            return []
        found += each
    return found


def _section(path: Path, module_name: str) -> list[_Class]:
    """The classes in a folder beside others: an export, what is no single submission, or archives of such."""
    if (path / f"{module_name}.py").exists():
        return []
    found = _export_in(path) or _several(path, Folder(path, _LIMITS), module_name, "a folder of submissions")
    inside = [] if found else intake.visible(path)
    if any(p.is_dir() for p in inside):
        return []
    return [found] if found else _sections(inside, module_name)


def _export_in(path: Path) -> _Class | None:
    """The export in a folder, or in the only folder in it."""
    top: list[str] = []
    for _ in range(_WRAPPINGS):
        inside = [p for p in intake.visible(path) if not p.is_symlink()]
        clones = [f"{p.name}/{GIT}" if (p / ".git").exists() else f"{p.name}/" for p in inside if p.is_dir()]
        top = [*clones, *(p.name for p in inside if not p.is_dir())]
        if len(inside) != 1 or not inside[0].is_dir() or system_of(top):
            break
        path = inside[0]
    system = system_of(top)
    return _class(path, system, Folder(path, _LIMITS), "", top) if system else None


def _in_archive(path: Path, module_name: str) -> _Class | None:
    """The class in an archive; None where it is something else, or one submission."""
    kind = kind_of(path.name)
    if kind not in ARCHIVES or not path.is_file():
        return None
    tree = TarArchive(path, _LIMITS) if kind == TAR else Archive(path, _LIMITS)
    base = ""
    for _ in range(_WRAPPINGS):
        top = _with_clones(_top(tree.names, base), tree.clones, base)
        if len(top) != 1 or not top[0].endswith("/") or system_of(top):
            break
        base += top[0]
    if system := system_of(top):
        return _class(path, system, tree, base, top)
    return _several(path, tree, module_name, "an archive of submissions")


def _with_clones(top: Sequence[str], clones: set[str], base: str) -> list[str]:
    """The names at the top, those of Git's clones marked as such; a clone may be empty."""
    inside = {f"{c[len(base) :]}/" for c in clones if c.startswith(base) and "/" not in c[len(base) :]}
    return [f"{name}{GIT}" if name in inside else name for name in dict.fromkeys([*top, *sorted(inside)])]


def _top(names: Sequence[str], base: str) -> list[str]:
    tops: dict[str, None] = {}
    for name in names:
        if name.startswith(base):
            first, slash, _ = name[len(base) :].partition("/")
            tops[first + slash] = None
    return list(tops)


def _class(path: Path, system: CourseSystem, tree: Tree, base: str, top: Sequence[str]) -> _Class:
    names = [n[len(base) :] for n in tree.names if n.startswith(base)]
    export = Export(str(path), names, top, lambda name, most: tree.read(base + name, most))
    within = Part(tree, {name: base + name for name in names}) if base else tree
    found = [replace(s, metadata=replace(s.metadata, system=system.name)) for s in system.submissions(export)]
    students = [s for s in found if not any(is_test_student(each.name) for each in s.metadata.students)]
    remark = "; Canvas' Test Student is left out" if len(students) < len(found) else ""
    return _Class(path, f"an export of {system.name}", within, students, remark=remark)


def _several(path: Path, tree: Tree, module_name: str, kind: str) -> _Class | None:
    """The submissions of a tree that holds several, because there are answers in several places at its top."""
    base = ""
    for _ in range(_WRAPPINGS):
        top = _top(tree.names, base)
        if len(top) != 1 or not top[0].endswith("/"):
            break
        base += top[0]
    names = [n for n in tree.names if n.startswith(base)]
    answers = intake.answers(names, module_name) or [n for n in names if n.lower().endswith(_ARCHIVES)]
    tops = {n[len(base) :].partition("/")[0] for n in answers}
    if len(tops) == 1:
        # One has the name that was asked for: the others may have chosen names of their own.
        code = [n[len(base) :] for n in names if n.lower().endswith((".py", ".ipynb"))]
        folders = {n.partition("/")[0] for n in code}
        if all("/" in n for n in code) and not {f.casefold() for f in folders} & {*_PARTS, module_name}:
            tops = folders
    named = {f"{module_name}.py", f"{module_name}.ipynb"}
    if len(tops) < 2 or tops & named or {t.casefold() for t in tops} <= _PARTS:
        return None
    return _Class(path, kind, tree, list(_by_top(names, base)), known=False)


def _by_top(names: Sequence[str], base: str) -> Iterator[ExportedSubmission]:
    """A submission for each file and folder at the top."""
    tops: dict[str, dict[str, str]] = defaultdict(dict)
    for name in names:
        top, slash, inside = name[len(base) :].partition("/")
        tops[top + slash][inside or top] = name
    for top, files in tops.items():
        identity = top[:-1] if top.endswith("/") else PurePosixPath(top).stem
        yield ExportedSubmission(identity, SubmissionMetadata(), files)
