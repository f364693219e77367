"""Find submissions, and give each an id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from autograder.intake.kinds import kind_of, without_ending
from autograder.intake.noise import visible
from autograder.intake.trees import Part
from autograder.model.errors import UsageError
from autograder.model.people import SubmissionMetadata

SUFFIXES = (".py", ".ipynb", ".zip")
_LONGEST = 200
"""Bytes of an id: it becomes a file name, which most systems end at 255 bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission that is still to be read.

    Attributes:
        path: where it is.
        id: its name in the grades table, unique in this class and fit for a file name.
        part: its files, where it is a part of a course system's export.
        metadata: what such a system tells about it.
        notes: remarks on how it was found.

    """

    path: Path
    id: str
    part: Part | None = None
    metadata: SubmissionMetadata | None = None
    notes: tuple[str, ...] = ()


def find(paths: Sequence[Path], module_name: str) -> list[Entry]:
    """Every submission that the paths name, sorted by id.

    A path to a file is a submission. A folder that directly holds ``<module_name>.py`` is one as well; any
    other folder is a class, and each thing in it but noise is a submission, whatever it is: something that
    cannot be read gets its row in the grades table too.

    Args:
        paths: files and folders, as given on the command line.
        module_name: the assignment's.

    Raises:
        UsageError: a path does not exist, or a folder holds nothing.

    """
    inside = list(dict.fromkeys(p for path in dict.fromkeys(paths) for p in _below(path, module_name)))
    entries = [Entry(p, identity) for p, identity in zip(inside, _wanted(inside), strict=True)]
    return sorted(unique(entries), key=lambda e: e.id)


def _below(path: Path, module_name: str) -> Iterator[Path]:
    try:
        # What the person at the command line names may be a link; what students hand in may not.
        path = path.resolve(strict=True)
        if not path.is_dir():
            yield path
            return
        inside = visible(path)
    except FileNotFoundError:
        raise UsageError(f"{path}: expected a submission or a folder of submissions; found nothing there") from None
    except (OSError, RuntimeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    if any(p.name == f"{module_name}.py" for p in inside):
        yield path
    elif inside:
        yield from inside
    else:
        raise UsageError(
            f"{path}: expected submissions ({', '.join(SUFFIXES)} or folders); found an empty folder"
        ) from None


def plain_id(path: PurePath) -> str:
    """The id of a submission that shares its name with no other."""
    if kind_of(path.name):
        return fit(without_ending(path.name))
    folder = isinstance(path, Path) and path.is_dir()
    return fit(path.stem if path.suffix and not folder else path.name)


def fit(name: str) -> str:
    """A name as an id: fit for a file name on every system, and printable."""
    shown = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name)
    return shown.encode()[:_LONGEST].decode(errors="ignore").strip(" .") or "unnamed"


def _wanted(paths: Sequence[Path]) -> list[str]:
    plain = [plain_id(p) for p in paths]
    # Compared without case: the results of Ada and ada share a file name on many a disk.
    shared = Counter(i.casefold() for i in plain)
    return [i if shared[i.casefold()] == 1 else fit(p.name) for p, i in zip(paths, plain, strict=True)]


def unique(entries: Iterable[Entry], taken: Iterable[str] = ()) -> list[Entry]:
    """The entries in their order, the id of each changed where an earlier one, or ``taken``, has it, up to case."""
    taken = {identity.casefold() for identity in taken}
    changed = []
    for entry in entries:
        number, chosen = 1, entry.id
        while chosen.casefold() in taken:
            number += 1
            chosen = f"{entry.id}-{number}"
        taken.add(chosen.casefold())
        changed.append(replace(entry, id=chosen))
    return changed
