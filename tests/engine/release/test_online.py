"""The notebook in Colab and Binder: from an instructor's own repository, whose clone here is a folder of this machine."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from autograder.model.errors import UsageError
from autograder.release import bundles, release
from autograder.release.environment import PYTHON
from autograder.release.online import Repository

COLAB = "import sys, types\nsys.modules['google.colab'] = types.ModuleType('colab')\n"
SEES = "import os, toy\nprint(sorted(os.listdir()))\n"


def fetching_cell(notebook):
    about, cell = json.loads(notebook)["cells"][1:3]
    assert about["cell_type"] == "markdown"
    assert "Save a copy in Drive" in "".join(about["source"])
    return "".join(cell["source"])


def test_badges_open_the_notebook_of_an_instructors_own_repository(master):
    files = bundles.for_students(master, "ada/course")
    assert b"github/ada/course/blob/main/toy/toy.ipynb" in files["toy/README.md"]
    assert b"gh/ada/course/main?labpath=toy%2Ftoy.ipynb" in files["toy/README.md"]
    assert b"gh/ada/course/2026?labpath=" in bundles.for_students(master, "ada/course@2026")["toy/README.md"]


@pytest.mark.parametrize("text", ["https://somewhere", "ada", "ada/course@", "ada/course@a b"])
def test_a_repository_that_is_none(master, text):
    with pytest.raises(UsageError, match="OWNER/NAME"):
        bundles.for_students(master, text)


def test_without_a_repository_there_is_neither_badge_nor_cell(master):
    files = bundles.for_students(master)
    assert b"colab" not in files["toy/README.md"]
    assert b"google.colab" not in files["toy/toy.ipynb"]


@pytest.fixture(scope="module")
def repository(released_master, tmp_path_factory, forked_otter):
    """The zip for the repository, unpacked and committed; the folder is its URL."""
    folder = tmp_path_factory.mktemp("online")
    *_, path = release(released_master, folder / "out", "ada/course@autumn")
    assert path.name == "toy-repository.zip"
    top = folder / "github" / "ada" / "course"
    shutil.unpack_archive(path, top)
    git = ["git", "-C", str(top), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (["init", "-q", "-b", "autumn"], ["add", "-f", "."], ["commit", "-q", "-m", "Homework"]):
        subprocess.run([*git, *command], check=True)
    return top


def test_in_colab_the_cell_fetches_the_files_and_installs_the_engine(repository, tmp_path):
    cell = fetching_cell((repository / "toy" / "toy.ipynb").read_text(encoding="utf-8"))
    opened = tmp_path / "content"
    opened.mkdir()
    (opened / "cells.py").write_text(COLAB + f"for _ in range(2):\n    exec({cell!r})\n" + SEES, encoding="utf-8")
    environment = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.parents[1]}/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/",
        "PIP_TARGET": str(tmp_path / "installed"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
    }
    command = [sys.executable, "-P", "cells.py"]
    found = subprocess.run(command, cwd=opened, env=os.environ | environment, check=True, stdout=subprocess.PIPE)
    assert b"'tests'" in found.stdout
    assert (tmp_path / "installed" / "autograder" / "__init__.py").is_file()


def test_elsewhere_the_cell_does_nothing(repository, tmp_path):
    cell = fetching_cell((repository / "toy" / "toy.ipynb").read_text(encoding="utf-8"))
    opened = tmp_path / "content"
    opened.mkdir()
    subprocess.run([sys.executable, "-c", cell], cwd=opened, check=True)
    assert not list(opened.iterdir())


def test_binder_gets_its_python_and_what_the_folder_needs(repository):
    assert (repository / "binder" / "runtime.txt").read_text(encoding="utf-8") == f"python-{PYTHON}\n"
    first, *needs = (repository / "binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert (repository / first).is_file()
    assert any(need.startswith("jupyterlab") for need in needs)


def test_the_name_of_a_branch_may_have_dots():
    assert Repository.parse("ada/course@v1.2").branch == "v1.2"
