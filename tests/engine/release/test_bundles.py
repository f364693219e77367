"""The two zips: complete, reproducible, and installable without anything else of ours."""

import io
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
from packaging.requirements import Requirement

from autograder.model.errors import UsageError
from autograder.release import bundles, release, wheel
from autograder.release.environment import OLDER, PINS, PYTHON


@pytest.fixture(scope="module")
def released(released_master, tmp_path_factory):
    """The zips of the toy."""
    return release(released_master, tmp_path_factory.mktemp("a"))


def test_both_are_written_and_the_same_each_time(released, master, tmp_path, request):
    request.getfixturevalue("forked_otter")
    wheel.build_wheel.cache_clear()
    second = release(master, tmp_path / "b")
    assert [p.name for p in released] == [p.name for p in second] == ["toy-student.zip", "toy-autograder.zip"]
    assert [p.read_bytes() for p in released] == [p.read_bytes() for p in second]


def test_the_students_zip_holds_the_folder_the_engine_and_nothing_hidden(master):
    files = bundles.for_students(master)
    name, _ = wheel.build_wheel()
    assert set(files) >= {"toy/toy.py", "toy/README.md", "toy/tests/double.py", f"toy/{name}"}
    assert files["toy/requirements.txt"].decode().splitlines()[0] == f"./{name}"
    assert files["toy/requirements-notebook.txt"].decode().splitlines()[0] == "-r requirements.txt"
    text = b"".join(data for file, data in files.items() if not file.endswith(".whl"))
    for secret in (b"agrees_with_the_reference", b"forgets_negatives", b"np.asarray(z)", b"answer_that_only_staff"):
        assert secret not in text


def test_a_python_that_is_too_old_meets_the_engine_first_and_nothing_else_to_install(master):
    _engine, *needs = bundles.for_students(master)["toy/requirements.txt"].decode().splitlines()
    markers = [Requirement(need).marker for need in needs]
    assert not [m for m in markers if m is None or m.evaluate({"python_version": "3.10"})]
    assert all(
        len([m for m in markers if m and m.evaluate({"python_version": v})]) == len(PINS[PYTHON]) + 1
        for v in (OLDER, PYTHON)
    )


def test_a_pytest_without_the_plugin_says_so_instead_of_finding_nothing(master, tmp_path):
    settings = tmp_path / "pytest.ini"
    settings.write_bytes(bundles.for_students(master)["toy/pytest.ini"])
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    project = tomllib.loads((wheel.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    assert f"Missing required plugins: {project}" in done.stderr


def test_the_engine_holds_no_assignment():
    data = wheel.build_wheel()[1]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert "autograder/checks/property.py" in names
        assert not [n for n in names if n.split("/")[0] in {"solutions", "assignments", "tests"} or "__pycache__" in n]
        (entry_points,) = (n for n in names if n.endswith("entry_points.txt"))
        assert "autograder.doors.pytest" in archive.read(entry_points).decode()


def test_the_zip_for_otter_is_what_gradescope_expects(released):
    with zipfile.ZipFile(released[1]) as archive:
        files = {i.filename: archive.read(i) for i in archive.infolist()}
        modes = {i.filename: i.external_attr >> 16 for i in archive.infolist()}
    name, _ = wheel.build_wheel()
    assert {"setup.sh", "run_autograder", "run_otter.py", "environment.yml", "otter_config.json", name} <= set(files)
    assert f"/autograder/source/{name}" in files["environment.yml"].decode()
    config = json.loads(files["otter_config.json"])
    assert config["plugins"] == [{"autograder.doors.otter.Plugin": {"master": "masters/toy"}}]
    assert b"agrees_with_the_reference" in files["tests/double.py"]
    assert {
        f"masters/toy/{n}" for n in ("toy.py", "tests/contract.toml", "tests/double.json", "misconceptions/double.py")
    } <= set(files)
    assert not [n for n in files if "/class/" in n]
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert modes["run_otter.py"] == 0o644
    run = files["run_otter.py"].decode()
    assert run.index("stage('/autograder')") < run.index('run_autograder("/autograder")')


def test_a_folder_that_cannot_be_written_to(master, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written to"):
        release(master, tmp_path / "file" / "out")


def test_an_installed_package_cannot_release(monkeypatch, tmp_path):
    monkeypatch.setattr(wheel, "ROOT", tmp_path)
    wheel.build_wheel.cache_clear()
    try:
        with pytest.raises(UsageError, match="releasing needs a clone of the project"):
            wheel.build_wheel()
    finally:
        wheel.build_wheel.cache_clear()


def test_students_install_the_versions_that_grade():
    tested = set((wheel.ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    for package in ("numpy", "scipy"):
        old, new = (PINS[python][package] for python in (OLDER, PYTHON))
        assert f"{package}=={old} ; python_full_version < '{PYTHON}'" in tested
        assert f"{package}=={new} ; python_full_version >= '{PYTHON}'" in tested
    assert {f"hypothesis=={PINS[python]['hypothesis']}" for python in (OLDER, PYTHON)} <= tested


def test_students_need_little():
    light = tomllib.loads((wheel.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {re.split(r"[>=]", need)[0] for need in light} == {"click", "hypothesis", "msgpack", "numpy"}


def test_the_handout_is_a_page_whose_equations_need_no_network(master):
    handout = master / "README.md"
    handout.write_text(
        "# Toy <1>\n\nIt is $x^2$.\n\n$$\\frac{1}{2}$$\n\n## 1. f (2 points)\n\n<b>no</b>\n", encoding="utf-8"
    )
    text = bundles.for_students(master)["toy/README.html"].decode()
    assert "<title>Toy &lt;1&gt;</title>" in text
    assert text.count("<math") == 2
    assert '<div class="math block" tabindex="0">' in text
    assert '<h2 id="1-f-2-points">' in text
    assert "<b>" not in text
    assert not re.search(r"""(src|href)="http""", text)
