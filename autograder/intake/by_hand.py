"""Documents that only a person can judge, such as a PDF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

ARCHIVE = "an archive that cannot be read"
_DOCUMENTS = frozenset(
    {
        *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".tex", ".html", ".htm", ".ppt", ".pptx", ".xlsx"),
        *(".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".tif", ".tiff"),
        *(".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"),
    }
)


def kind_of_file(name: str) -> str:
    """What a file is, by its name.

    >>> kind_of_file("answers.PDF")
    'a .pdf file'
    """
    suffix = PurePosixPath(name).suffix.lower()
    return f"a {suffix} file" if suffix else "a file of no known kind"


def document(names: Iterable[str]) -> str:
    """What the first document among files is; empty where there is none.

    >>> document(["readme.txt", "hw/answers.pdf"])
    'a .pdf file'
    """
    return next((kind_of_file(n) for n in sorted(names) if PurePosixPath(n).suffix.lower() in _DOCUMENTS), "")
