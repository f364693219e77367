"""The notebook in Colab and Binder: badges, the files that Binder reads, and the cell that Colab needs.

Colab opens a notebook alone, from GitHub, in a folder without the files beside it. Binder has the whole repository, but
installs only what ``binder/`` at its top asks for, never a folder's own requirements, and the Python that it takes by
default is too old. Both delete all files when a session ends.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from autograder.model.errors import UsageError
from autograder.release.environment import NOTEBOOKS_NEED, PYTHON, STUDENTS_NEED

_FORM = re.compile(r"(?P<path>[\w.-]+/(?P<name>[\w.-]+))(@(?P<branch>[\w.-]+))?")
_ABOUT = """\
**In Colab or Binder?** Run the next cell first: in Colab it fetches the files that belong to this notebook and installs
what the checks need. Both delete all files when your session ends. So in Colab, write your functions into cells of this
notebook, keep it with *File → Save a copy in Drive*, and hand in the notebook (*File → Download → Download .ipynb*). In
Binder, download `{name}.py` before you leave."""
_FETCH = """\
# Does something in Colab only.
import os
import subprocess
import sys

if "google.colab" in sys.modules and not os.path.exists("tests"):
    if not os.path.exists("{repository.name}"):
        clone = ["git", "clone", "-q", "--depth=1", "--branch={repository.branch}"]
        subprocess.run([*clone, "{repository.url}"], check=True)
    os.chdir("{repository.name}/{name}")
    sys.path.insert(0, os.getcwd())
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "./{wheel}"], check=True)"""


@dataclass(frozen=True, slots=True)
class Repository:
    """A public GitHub repository; at its top are the students' folders."""

    path: str
    """``OWNER/NAME``."""
    name: str
    branch: str = "main"

    @classmethod
    def parse(cls, text: str) -> Repository:
        """Read ``OWNER/NAME`` or ``OWNER/NAME@BRANCH``.

        Raises:
            UsageError: it is something else.

        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise UsageError(f"expected a repository as OWNER/NAME or OWNER/NAME@BRANCH; found {text!r}")
        return cls(found["path"], found["name"], found["branch"] or "main")

    @property
    def url(self) -> str:
        """Where to clone it from."""
        return f"https://github.com/{self.path}"


def with_badges(handout: str, name: str, repository: Repository) -> str:
    """The handout with badges below its title that open the notebook in Colab and Binder."""
    where = f"{repository.path}/blob/{repository.branch}/{name}/{name}.ipynb"
    colab = f"https://colab.research.google.com/github/{where}"
    binder = f"https://mybinder.org/v2/gh/{repository.path}/{repository.branch}?labpath={name}%2F{name}.ipynb"
    badges = (
        f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({colab}) "
        f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})"
    )
    title, rest = handout.split("\n", 1)
    return f"{title}\n\n{badges}\n{rest}"


def with_fetching(notebook: str, name: str, repository: Repository, wheel: str) -> str:
    """The notebook with a cell below its title that fetches the other files where there are none."""
    content: dict[str, Any] = json.loads(notebook)
    code = _FETCH.format(repository=repository, name=name, wheel=wheel)
    about: dict[str, Any] = {"cell_type": "markdown", "id": "about-online", "metadata": {}}
    fetch: dict[str, Any] = {"cell_type": "code", "id": "fetch-online", "metadata": {}}
    fetch |= {"execution_count": None, "outputs": []}
    content["cells"][1:1] = [
        about | {"source": _ABOUT.format(name=name).splitlines(keepends=True)},
        fetch | {"source": code.splitlines(keepends=True)},
    ]
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def binder_files(name: str, wheel: str) -> dict[str, bytes]:
    """What Binder reads, for the top of the repository: file name -> contents.

    Paths are relative to the top of the repository, where Binder runs pip.
    """
    needs = (f"./{name}/{wheel}", *STUDENTS_NEED, *NOTEBOOKS_NEED)
    return {
        "binder/requirements.txt": ("\n".join(needs) + "\n").encode(),
        "binder/runtime.txt": f"python-{PYTHON}\n".encode(),
    }
