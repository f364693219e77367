"""The folder of a graded class: its results read back, its pages written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.model.errors import UsageError
from autograder.model.result import SubmissionResult
from autograder.report import html, results_json, roll
from autograder.report.summary import Summary

SOURCES = "sources"
"""In the output folder: the text of each answer."""
CODE = "code"
"""In the output folder: pages with each answer's text, for the instructor alone."""


def result_paths(folder: Path) -> dict[str, Path]:
    """The files with the results of the class that was graded last, by name.

    A result that the roll does not list belongs to somebody who has since been taken out of the class.
    An interrupted grading leaves no roll: then every result counts.

    Raises:
        UsageError: there are no results.

    """
    found = {path.stem: path for path in sorted((folder / "results").glob("*.json"))}
    if not found:
        raise UsageError(f"{folder}: expected the output folder of a grading (results/*.json); found no result")
    listed = roll.read_roll(folder).by_submission
    return {name: path for name, path in found.items() if not listed or name in listed}


def read_result(path: Path) -> SubmissionResult:
    """The result in one file.

    Raises:
        UsageError: it cannot be read, or is no result of a grading.

    """
    try:
        return results_json.from_results(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: expected a result of a grading; found {type(error).__name__}: {error}") from error


def pages_are_current(folder: Path) -> bool:
    """Whether all pages are there and none is older than what it shows."""
    shown = result_paths(folder)
    there = {path.stem for path in (folder / "feedback").glob("*.html")}
    try:
        written = (folder / "report.html").stat().st_mtime_ns  # the page that is written last
        return there >= shown.keys() and all(
            path.stat().st_mtime_ns < written for path in (folder / roll.FILE, *shown.values())
        )
    except OSError:
        return False


def outdated(folder: Path, names: Iterable[str]) -> list[str]:
    """Which of these files of the folder, and of its exports, were written before the class changed last."""
    files = [*(folder / name for name in names), *(folder / "export").glob("*")]
    try:
        changed = (folder / roll.FILE).stat().st_mtime_ns
        old = [path for path in files if path.is_file() and path.stat().st_mtime_ns < changed]
    except OSError:
        return []
    return sorted(str(path.relative_to(folder)) for path in old)


def write_pages(folder: Path, progress: Callable[[str], None] = lambda _: None) -> None:
    """Write the class page, and for each student a page and the instructor's page with the code.

    Only one result is in memory at a time.

    Args:
        folder: what a grading wrote.
        progress: called with the id of each submission whose page is written.

    Raises:
        UsageError: there are no results, or the pages cannot be written.

    """
    summary = Summary()
    pages = folder / "feedback"
    paths = result_paths(folder).values()
    found = roll.read_roll(folder)
    rows = found.by_submission
    try:
        pages.mkdir(exist_ok=True)
        with_code: set[str] = set()
        for path in paths:
            result = read_result(path)
            page = html.student_page(result, rows.get(result.id, ()), found)
            (pages / f"{result.id}.html").write_text(page, encoding="utf-8")
            (pages / f"{result.id}.pdf").unlink(missing_ok=True)  # printed from an earlier page
            source = _source(folder / SOURCES / f"{result.id}.py")
            if source:
                with_code.add(result.id)
                (folder / CODE).mkdir(exist_ok=True)
                page = html.code_page(result, source, rows.get(result.id, ()))
                (folder / CODE / f"{result.id}.html").write_text(page, encoding="utf-8")
            summary.add(result)
            progress(result.id)
        page = html.class_page(summary, found, with_code)
        (folder / "report.html").write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: the pages cannot be written: {error.strerror}") from error


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
