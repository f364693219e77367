"""The students' folder: complete, the same each time, and without anything of the solution."""

import json
from pathlib import Path

import pytest

from autograder.checks import question
from autograder.model.errors import AuthoringError, UsageError
from autograder.release import build, record, student_files
from autograder.release.wheel import ROOT

MASTERS = sorted(p.parent.parent for p in (ROOT / "solutions").glob("*/tests/contract.toml"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_holds_what_students_need(master):
    assert list(student_files(master)) == [
        "README.md",
        "tests/contract.toml",
        "tests/double.json",
        "tests/double.py",
        "tests/weigh.json",
        "tests/weigh.py",
        "toy.ipynb",
        "toy.py",
    ]


def test_the_stubs_are_stubs(master):
    assert student_files(master)["toy.py"].decode() == (
        "import numpy as np\n\n\n"
        "def double(z):\n    raise NotImplementedError\n\n\n"
        "def weigh(X, theta):\n    raise NotImplementedError\n"
    )


def test_public_properties_keep_their_cases_and_hidden_ones_go(master, tmp_path):
    build(master, tmp_path / "out")
    double, _ = question.load_all(tmp_path / "out" / "tests")[1]
    original = question.load(master / "tests" / "double.py")
    assert [p.id for p in double.properties] == ["is_z_plus_z"]
    assert double.properties[0].recording.cases == original.properties[0].recording.cases
    recorded = json.loads((tmp_path / "out/tests/double.json").read_text(encoding="utf-8"))
    assert list(recorded) == ["is_z_plus_z"]
    assert original.properties[0].recording.unpublished
    assert not {"unpublished", "unpublished_digest"} & set(recorded["is_z_plus_z"])


def test_the_copy_knows_its_name_wherever_it_lies(master, tmp_path):
    build(master, tmp_path / "another name")
    assert question.load_all(tmp_path / "another name" / "tests")[0].name == "toy"


def test_the_notebook_is_the_same_each_time(master):
    cells = json.loads(student_files(master)["toy.ipynb"])["cells"]
    assert [c["id"] for c in cells] == ["cell-000", "cell-001"]
    assert student_files(master) == student_files(master)


def test_a_build_removes_what_is_stale(master, tmp_path):
    build(master, tmp_path / "out")
    (tmp_path / "out/old.py").write_text("", encoding="utf-8")
    (tmp_path / "out/tests/old.py").write_text("", encoding="utf-8")
    build(master, tmp_path / "out")
    found = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert found == set(student_files(master))


@pytest.mark.parametrize("target", [".", "..", "tests", "made"])
def test_a_master_copy_is_never_taken_for_the_folder_that_is_made_of_it(master, target):
    before = {p: p.read_bytes() for p in master.rglob("*") if p.is_file()}
    with pytest.raises(UsageError, match="expected a folder apart from the master copy"):
        build(master, master / target)
    assert {p: p.read_bytes() for p in master.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("file", ["thesis.tex", "tests/contract.toml wheats/one.py"])
def test_what_else_is_in_the_folder_is_not_deleted(master, tmp_path, file):
    paths = [tmp_path / "out" / name for name in file.split()]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("work", encoding="utf-8")
    with pytest.raises(UsageError, match=r"out: expected nothing there, or a students' folder made before; found"):
        build(master, tmp_path / "out")
    assert all(path.read_text(encoding="utf-8") == "work" for path in paths)


def test_a_folder_that_cannot_be_written_to_is_named(master, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"out: expected nothing there"):
        build(master, tmp_path / "out")
    with pytest.raises(UsageError, match=r"out/in: cannot be written: .*; build again"):
        build(master, tmp_path / "out" / "in")


def test_a_hidden_property_outside_of_the_markers_is_an_error(master):
    edit(master / "tests/double.py", "# BEGIN SOLUTION\n", "")
    edit(master / "tests/double.py", "# END SOLUTION\n", "")
    with pytest.raises(AuthoringError, match="agrees_with_the_reference is hidden, but is outside the markers"):
        student_files(master)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("`return z if z > 0 else -abs(z) # hm`", None),
        ("agrees_with_the_reference", "the name of the hidden property agrees_with_the_reference"),
        ("    expect(double(z), reference.double(z))", r"a line of double\.py:\d+"),
        ("return np.where(z > 0, 2 * z, z)", r"a line of misconceptions/double\.py:\d+"),
    ],
)
def test_a_handout_that_gives_something_away_is_an_error(master, line, says):
    edit(master / "README.md", "Double and weigh.", line)
    if says is None:
        student_files(master)
        return
    with pytest.raises(AuthoringError, match=f"README.md: students would read {says}"):
        student_files(master)


def test_so_is_a_notebook(master):
    edit(master / "toy_notebook.py", "double(2)", "return np.where(z > 0, 2 * z, z)")
    with pytest.raises(AuthoringError, match=r"toy\.ipynb: students would read"):
        student_files(master)


def test_a_missing_handout_is_an_error(master):
    (master / "README.md").unlink()
    with pytest.raises(AuthoringError, match=r"README\.md: not found; expected the handout"):
        student_files(master)


def test_points_that_do_not_add_up_are_an_error(master):
    edit(master / "tests/contract.toml", "points = 6", "points = 7")
    with pytest.raises(AuthoringError, match="the contract says 7 points; found 6"):
        student_files(master)


def test_cases_are_recorded_the_same_each_time(master):
    before = (master / "tests/double.json").read_bytes()
    (master / "tests/double.json").unlink()
    record(master)
    assert (master / "tests/double.json").read_bytes() == before


def test_a_file_that_does_not_load_is_named_by_record(master):
    edit(master / "tests/double.py", "import arrays", "import nothing_such")
    with pytest.raises(AuthoringError, match=r"double\.py, line \d+: cannot be loaded"):
        record(master)


@pytest.mark.parametrize("folder", MASTERS, ids=lambda p: p.name)
def test_what_is_committed_is_what_is_built(folder):
    committed = ROOT / "assignments" / folder.name
    if not committed.is_dir():
        pytest.skip(f"{committed} is not built yet")
    found = {
        p.relative_to(committed).as_posix(): p.read_bytes()
        for p in committed.rglob("*")
        if p.is_file() and not {"__pycache__", ".pytest_cache", ".hypothesis"} & set(p.parts)
    }
    assert found == student_files(folder), f"build it again: autograder build {folder.name}"


def test_what_is_given_goes_along_as_it_is_and_is_held_against_the_solution(master, tmp_path):
    (master / "given").mkdir()
    (master / "given" / "data.json").write_text('{"curve": [1, 2]}\n', encoding="utf-8")
    build(master, tmp_path / "out")
    assert (tmp_path / "out" / "given" / "data.json").read_text(encoding="utf-8") == '{"curve": [1, 2]}\n'
    (master / "given" / "help.py").write_text("answer = 1  # agrees_with_the_reference\n", encoding="utf-8")
    with pytest.raises(AuthoringError, match=r"given/help\.py: students would read the name of the hidden property"):
        student_files(master)
