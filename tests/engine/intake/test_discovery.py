"""Which submissions there are, and what each is called."""

from pathlib import Path

import pytest

from autograder.intake import find
from autograder.model.errors import UsageError


def make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.write_text("", encoding="utf-8")
    return folder


def ids(*paths: Path) -> list[str]:
    return [found.id for found in find(paths, "toy")]


def test_everything_in_a_class_folder_is_a_submission(tmp_path):
    make(tmp_path, "ada.py", "bob.ipynb", "cyd.zip", "dee/x.py", "eve.pdf")
    assert ids(tmp_path) == ["ada", "bob", "cyd", "dee", "eve"]


def test_noise_is_no_submission(tmp_path):
    make(tmp_path, "ada.py", ".DS_Store", "__MACOSX/._ada.py", "Thumbs.db", "__pycache__/x.pyc", ".ipynb_checkpoints/a")
    assert ids(tmp_path) == ["ada"]


def test_a_folder_that_holds_the_module_is_one_submission(tmp_path):
    make(tmp_path / "ada", "toy.py", "helper.py")
    assert [(f.path, f.id) for f in find([tmp_path / "ada"], "toy")] == [(tmp_path / "ada", "ada")]


def test_paths_may_be_mixed_and_repeated(tmp_path):
    make(tmp_path, "class/ada.py", "class/bob.py", "late.py")
    assert ids(tmp_path / "class", tmp_path / "late.py", tmp_path / "class/ada.py") == ["ada", "bob", "late"]


def test_names_that_clash_keep_their_extension(tmp_path):
    make(tmp_path, "ada.py", "ada.zip", "bob.py")
    assert ids(tmp_path) == ["ada.py", "ada.zip", "bob"]


def test_names_that_differ_in_case_clash(tmp_path):
    make(tmp_path, "Ada.py", "ada.ipynb")
    assert ids(tmp_path) == ["Ada.py", "ada.ipynb"]


def test_equal_names_in_two_folders_are_numbered(tmp_path):
    make(tmp_path, "a/ada.py", "b/ada.py", "b/ada.py-2.py")
    found = ids(tmp_path / "a", tmp_path / "b")
    assert len({i.casefold() for i in found}) == 3


def test_an_id_is_fit_for_a_file_name(tmp_path):
    make(tmp_path, "a\nb.py", "é" * 120 + ".py", "..py.py")
    found = ids(tmp_path)
    assert all(i and i.isprintable() and len(i.encode()) <= 200 and not set(i) & set('/\\:*?"<>|') for i in found)


def test_what_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match=r"gone\.py: expected a submission.*found nothing there"):
        find([tmp_path / "gone.py"], "toy")


def test_an_empty_folder_is_wrong_usage(tmp_path):
    make(tmp_path, ".DS_Store")
    with pytest.raises(UsageError, match="found an empty folder"):
        find([tmp_path], "toy")
