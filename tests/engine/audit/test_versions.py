"""Environments with other versions: which Pythons are found, what goes into each, and what is said when it fails."""

import shutil
import stat
import sys
from pathlib import Path

import pytest

from autograder.audit import versions
from autograder.model.errors import UsageError

HERE = sys.version_info[:2]


@pytest.fixture
def fake(tmp_path):
    """An executable that prints what a Python of that version would say of itself."""

    def write(path, says, code=0):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\necho {says}\nexit {code}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write


def test_the_newest_of_each_supported_minor_version_is_taken(tmp_path, fake, monkeypatch):
    root = tmp_path / "pyenv"
    wanted = fake(root / "versions/3.98.7/bin/python", "cpython 3 98 7")
    fake(root / "versions/3.98.2/bin/python", "cpython 3 98 2")
    fake(root / "versions/3.10.9/bin/python", "cpython 3 10 9")
    fake(root / "versions/3.97.1/bin/python", "pypy 3 97 1")
    fake(root / "versions/3.96.1/bin/python", "", code=127)
    monkeypatch.setenv("PYENV_ROOT", str(root))
    found = versions._pythons((3, 11))
    assert found[3, 98] == wanted
    assert HERE in found
    assert not {(3, 10), (3, 96), (3, 97)} & set(found)


def test_the_oldest_versions_are_those_of_the_project(tmp_path, monkeypatch):
    assert versions._oldest()[0] <= HERE
    monkeypatch.setattr(versions, "ROOT", tmp_path)
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[project]\nrequires-python = ">=3.12"\ndependencies = ["numpy>=2.1", "scipy>=1"]\n', encoding="utf-8"
    )
    assert versions._oldest() == ((3, 12), "2.1")
    project.write_text('[project]\nrequires-python = "~=3.12"\ndependencies = ["numpy>=2.1"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"pyproject.toml: expected requires-python and numpy as >="):
        versions._oldest()


def test_each_environment_is_made_with_its_python_and_its_numpy_and_removed(tmp_path, fake, monkeypatch):
    asked = tmp_path / "asked"
    fake(tmp_path / "bin" / "uv", f'"$@" >> {asked}')
    monkeypatch.setattr(versions.shutil, "which", lambda name: str(tmp_path / "bin/uv") if name == "uv" else None)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    with versions.environments() as made:
        folders = [p.parents[1] for p in made.values()]
        assert all(folder.parent.is_dir() for folder in folders)
    assert not any(folder.parent.exists() for folder in folders)
    oldest, newest = made
    assert (oldest, newest) == (f"NumPy {versions._oldest()[1]}", f"Python {HERE[0]}.{HERE[1]}")
    lines = asked.read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in lines] == ["venv", "pip"] * 2
    assert f"numpy=={versions._oldest()[1]}.*" in lines[1]
    assert " numpy " in lines[3]


def test_without_uv_or_where_it_fails_that_is_said(tmp_path, fake, monkeypatch):
    monkeypatch.setattr(versions.shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="which is not installed"), versions.environments():
        pass
    monkeypatch.undo()
    fake(tmp_path / "uv", "no such python >&2", code=2)
    with pytest.raises(UsageError, match=r"no environment could be made: no such python"):
        versions._make(str(tmp_path / "uv"), tmp_path / "made", Path(sys.executable), "numpy")


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed")
def test_an_interpreter_that_is_none_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"/bin/false with numpy: no environment could be made"):
        versions._make(str(shutil.which("uv")), tmp_path / "made", Path("/bin/false"), "numpy")
