"""The students' pages as PDF files, printed by Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.model.errors import UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
_MARGIN = "12mm"


def print_pages(pages: Sequence[Path], progress: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Print each page to a PDF file beside it.

    The pages are ours: they hold no script, and ask nothing of the network.

    Args:
        pages: HTML files.
        progress: called with the name of each page that was printed.

    Raises:
        UsageError: there is no Chromium here, it does not start, or a file cannot be written.

    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise UsageError(
            f"PDF files need Chromium or Chrome; found none of {', '.join(BROWSERS)} on the PATH; "
            "the HTML pages can be printed from any browser"
        )
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise UsageError("PDF files need the package playwright: pip install playwright") from None
    written = []
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=browser, args=[*_FLAGS])
            tab = opened.new_page(java_script_enabled=False)
            margins = {"top": _MARGIN, "bottom": _MARGIN, "left": _MARGIN, "right": _MARGIN}
            for page in pages:
                tab.goto(page.absolute().as_uri())
                data = tab.pdf(format="A4", margin=margins, print_background=True)  # type: ignore[arg-type]
                page.with_suffix(".pdf").write_bytes(data)
                written.append(page.with_suffix(".pdf"))
                progress(page.stem)
            opened.close()
    except OSError as error:
        raise UsageError(f"{error.filename or browser}: cannot be written: {error.strerror}") from error
    except Error as error:
        raise UsageError(f"{browser} cannot print: {str(error).splitlines()[0]}") from error
    return written
