"""Find every submission of a class, in exports of any course system."""

from __future__ import annotations

import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from autograder import intake
from autograder.courses.class_listing import ClassListing
from autograder.courses.github_classroom import GIT
from autograder.courses.system import CourseSystem, Export, ExportedSubmission
from autograder.courses.systems import system_of
from autograder.intake import Entry
from autograder.intake.kinds import ARCHIVES, TAR, kind_of
from autograder.intake.omissions import Omissions
from autograder.intake.tar import TarArchive
from autograder.intake.trees import Archive, Folder, Part, SelectedFiles, Tree
from autograder.model.errors import IntakeError, UsageError
from autograder.model.limits import MIB, IntakeLimits
from autograder.model.people import SubmissionMetadata, is_preview_user, is_test_student, printable
from autograder.model.submission import Submission

_LIMITS = IntakeLimits(entries=500_000, directory=128 * MIB, packed=384 * MIB, unpacked=4096 * MIB)
"""Of a whole class. What counts of a tar archive, and an archive in another, is held in memory, also by the process
that reads it."""
_DEEPEST = 3
"""Sections within sections."""
_WRAPPINGS = 3
"""Folders, each alone in the one above, in which an export may be packed."""
_OTHERS = 3
"""From this number on, modules and notebooks beside the folder of an answer are answers of others."""
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
        tell: is given a line on each path that was not taken for a submission or a folder of submissions, and on
            what is left out of it, where no submission has a note on that.

    Raises:
        UsageError: a path does not exist, a folder holds nothing, an export cannot be read, or is beside
            single submissions, or the only path may be a class and is too large to be looked into.

    """
    exported: list[Entry] = []
    others: list[Path] = []
    sources = {path: _Source.at(path, module_name) for path in dict.fromkeys(paths)}
    alone = all(source.classes for source in sources.values())
    for path, source in sources.items():
        if source.too_large:
            _expect_no_class(source.too_large, others=len(sources) > 1, tell=tell)
        if not source.classes:
            others.append(path)
        elif alone:
            for each in source.classes:
                entries = each.entries()
                count = f"{len(entries)} submission{'' if len(entries) == 1 else 's'}"
                place = printable(f"{each.path}/{each.within}" if each.within else str(each.path)).rstrip("/")
                tell(f"{place}: {each.kind}, {count}{each.remark}")
                for line in each.left_out():
                    tell(f"{place}: {line}")
                exported += entries
        else:
            _expect_submission(path, source.classes[0], module_name)
            kind = source.classes[0].kind
            tell(f"{printable(str(path))}: looks like {kind}; read as one submission, like what is beside it")
            others.append(path)
    ordinary = intake.find(others, module_name) if others else []
    return sorted(intake.unique([*ordinary, *exported]), key=lambda e: e.id)


def _expect_no_class(why: str, *, others: bool, tell: Callable[[str], None]) -> None:
    """Say that an archive may be a class, though it is read as a submission where there are others."""
    if not others:
        raise UsageError(f"{why}; if this is a class, unpack it and grade the folder")
    tell(f"{why}; read as one submission: if it is a class, unpack it and grade the folder")


def _expect_submission(path: Path, found: ClassListing, module_name: str) -> None:
    named = {f"{module_name}.py", f"{module_name}.ipynb"}
    one = len(found.submissions) == 1 or any(n.rpartition("/")[2] in named for n in found.tree.names)
    if path.is_dir() or not one or not isinstance(intake.read(path, module_name), Submission):
        raise UsageError(
            f"{path}: this is {found.kind}, beside single submissions or a folder of them; grade it by a command of "
            "its own, with another --out"
        )


@dataclass(frozen=True)
class _Source:
    """What a path on the command line turned out to be: classes, or none for a submission and an ordinary folder.

    Attributes:
        classes: in it.
        too_large: which archive is too large to be looked into, as a message; empty where all were.

    """

    classes: Sequence[ClassListing] = field(default_factory=tuple)
    too_large: str = ""

    @classmethod
    def at(cls, path: Path, module_name: str) -> _Source:
        """Look at a path.

        Raises:
            UsageError: it is an export, and cannot be read.

        """
        try:
            path = path.resolve(strict=True)
            if not stat.S_ISDIR(path.stat().st_mode):
                return cls(tuple(_in_archive(path, module_name)))
            inside = intake.visible(path)
            if any(p.name == f"{module_name}.py" for p in inside):
                return cls()
            if found := _export_in(path):
                return cls((found,))
            return cls(tuple(_sections(inside, module_name)))
        except _TooLargeError as error:
            return cls(too_large=f"{path}: {str(error).removeprefix(f'{path.name}: ')}")
        except (OSError, IntakeError, RuntimeError):
            # Reading it as a submission reports what is wrong with it.
            return cls()


def _sections(inside: Sequence[Path], module_name: str) -> list[ClassListing]:
    """The classes in a folder; none where it holds anything else, or anything but tables and texts beside exports."""
    found: list[list[ClassListing]] = []
    beside: list[Path] = []
    too_large: _TooLargeError | None = None
    for path in inside:
        if path.is_symlink():
            return []
        if path.is_file() and not kind_of(path.name):
            beside.append(path)
            continue
        try:
            each = _section(path, module_name) if path.is_dir() else _in_archive(path, module_name)
        except _TooLargeError as error:
            too_large = error
            continue
        if not each:
            return []
        found.append(each)
    # It may be a student's: only where all others are classes it is taken for one.
    if too_large and found:
        raise too_large
    classes = _apart(found)
    if classes and beside:
        if not all(c.known for c in classes):
            return []
        files = SelectedFiles(beside[0].parent, [path.name for path in beside])
        classes.append(_others(beside[0].parent, files))
    return classes


def _others(path: Path, files: Tree) -> ClassListing:
    """Files beside classes: each has a row."""
    return ClassListing(path, "other files", files, list(_by_top(files.names, "")), known=False)


def _section(path: Path, module_name: str) -> list[ClassListing]:
    """The classes in a folder beside others: an export, what is no single submission, or archives of such."""
    if (path / f"{module_name}.py").exists():
        return []
    if export := _export_in(path):
        return [export]
    if found := _classes(path, Folder(path, _LIMITS), module_name, set(), "a folder of submissions"):
        return found
    inside = intake.visible(path)
    return [] if any(p.is_dir() for p in inside) else _sections(inside, module_name)


def _export_in(path: Path) -> ClassListing | None:
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


def _in_archive(path: Path, module_name: str) -> list[ClassListing]:
    """The classes in an archive; none where it is something else, or one submission."""
    kind = kind_of(path.name)
    if kind not in ARCHIVES or not path.is_file():
        return []
    tree = _opened(path)
    return _classes(path, tree, module_name, tree.clones, "an archive of submissions")


class _TooLargeError(IntakeError):
    """An archive is too large to be looked into: it may hold a class."""


def _opened(path: Path, outer: tuple[Tree, str] | None = None) -> Archive | TarArchive:
    """Open the archive at ``path``, or the one of that name in ``outer``."""
    try:
        data = outer[0].read(outer[1], _LIMITS.packed) if outer else None
        archive = (TarArchive if kind_of(path.name) == TAR else Archive)(path, _LIMITS, data)
    except IntakeError as error:
        if error.status == "too large":
            raise _TooLargeError(str(error), error.status) from None
        raise
    archive.outer = outer
    return archive


def _classes(
    path: Path, tree: Tree, module_name: str, clones: set[str], kind: str, within: str = "", depth: int = 0
) -> list[ClassListing]:
    """The classes among the files of a tree: an export, sections of classes, or several submissions."""
    base = ""
    for _ in range(_WRAPPINGS):
        top = _with_clones(_top(tree.names, base), clones, base)
        if len(top) != 1 or not top[0].endswith("/") or system_of(top):
            break
        base += top[0]
    if system := system_of(top):
        return [_class(path, system, tree, base, top, within)]
    if found := _inner(path, tree, base, module_name, clones, within, depth):
        return found
    several = _several(path, tree, module_name, kind, within)
    return [several] if several else []


def _inner(
    path: Path, tree: Tree, base: str, module_name: str, clones: set[str], within: str, depth: int
) -> list[ClassListing]:
    """The classes that are folders and archives at the top; none where anything with code there is something else."""
    tops: dict[str, dict[str, str]] = defaultdict(dict)
    for name in tree.names:
        if name.startswith(base):
            top, slash, inside = name[len(base) :].partition("/")
            tops[top + slash][inside or top] = name
    packed = [top for top in tops if kind_of(top) in ARCHIVES]
    folders = [top for top in tops if top.endswith("/")]
    code = any(kind_of(top) and top not in packed for top in tops)
    if depth == _DEEPEST or code or not (packed or folders):
        return []
    omissions = tree.left_out.relative(base).by_top()
    found: list[list[ClassListing]] = []
    too_large: _TooLargeError | None = None
    for top in [*folders, *packed]:
        label = f"{within}{top}"
        if top in folders:
            part = Part(tree, tops[top], omissions.pop(top[:-1], Omissions()).relative(top))
            start = base + top
            below = {c.removeprefix(start) for c in clones if c.startswith(start)}
            each = _classes(path, part, module_name, below, "a folder of submissions", label, depth + 1)
        else:
            try:
                each = _in_inner_archive(path, tree, tops[top][top], module_name, f"{label}/", depth)
            except _TooLargeError as error:
                too_large = error
                continue
        if not each:
            return []
        found.append(each)
    if too_large:
        raise too_large
    classes = _apart(found)
    if len(folders) == 1 and not packed and not all(c.known for c in classes):
        return []
    others = {top: name for top, names in tops.items() if top not in {*packed, *folders} for name in names.values()}
    if classes and others:
        classes.append(_others(path, Part(tree, others)))
    if classes:
        classes[0] = replace(classes[0], beside=[*classes[0].beside, *omissions.values()])
    return classes


def _in_inner_archive(
    path: Path, tree: Tree, name: str, module_name: str, within: str, depth: int
) -> list[ClassListing]:
    try:
        inner = _opened(path.parent / PurePosixPath(name).name, (tree, name))
    except _TooLargeError:
        raise
    except IntakeError:
        return []
    return _classes(path, inner, module_name, inner.clones, "an archive of submissions", within, depth + 1)


def _apart(found: Sequence[Sequence[ClassListing]]) -> list[ClassListing]:
    """The classes together; none where no system tells their students, and most are called the same in each.

    ``part1`` and ``part2`` in the folder of each student are no students.
    """
    seen: set[str] = set()
    for classes in found:
        names = {s.id.casefold() for c in classes if not c.known for s in c.submissions}
        if names and len(names & seen) * 2 > len(names):
            return []
        seen |= names
    return [c for classes in found for c in classes]


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


def _class(
    path: Path, system: CourseSystem, tree: Tree, base: str, top: Sequence[str], inside: str = ""
) -> ClassListing:
    names = [n[len(base) :] for n in tree.names if n.startswith(base)]
    export = Export(str(path), names, top, lambda name, most: tree.read(base + name, most))
    within = Part(tree, {name: base + name for name in names}, tree.left_out.relative(base)) if base else tree
    found = [replace(s, metadata=replace(s.metadata, system=system.name)) for s in system.submissions(export)]
    students = [s for s in found if not any(is_test_student(each.name) for each in s.metadata.students)]
    remark = "; Canvas' Test Student is left out" if len(students) < len(found) else ""
    previews = [
        s for s in students if any(map(is_preview_user, s.metadata.students[0].ids if s.metadata.students else ()))
    ]
    if previews:
        students = [s for s in students if s not in previews]
        remark += "; Blackboard's preview user is left out"
    return ClassListing(path, f"an export of {system.name}", within, students, remark=remark, within=inside)


def _several(path: Path, tree: Tree, module_name: str, kind: str, within: str = "") -> ClassListing | None:
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
        folders = {n.partition("/")[0] for n in code if "/" in n}
        files = {n for n in code if "/" not in n}
        parts = {t.casefold().partition(".")[0] for t in (*folders, *files)} & {*_PARTS, module_name}
        # A few modules beside the folder of an answer may be its author's.
        if not parts and (not files or len(files) >= _OTHERS):
            tops = folders | files
    named = {f"{module_name}.py", f"{module_name}.ipynb"}
    if len(tops) < 2 or tops & named or {t.casefold() for t in tops} <= _PARTS:
        return None
    return ClassListing(path, kind, tree, list(_by_top(names, base)), known=False, within=within, base=base)


def _by_top(names: Sequence[str], base: str) -> Iterator[ExportedSubmission]:
    """A submission for each file and folder at the top."""
    tops: dict[str, dict[str, str]] = defaultdict(dict)
    for name in names:
        top, slash, inside = name[len(base) :].partition("/")
        tops[top + slash][inside or top] = name
    for top, files in tops.items():
        identity = top[:-1] if top.endswith("/") else intake.plain_id(PurePosixPath(top))
        yield ExportedSubmission(identity, SubmissionMetadata(), files)
