"""The zips of an assignment: for its students, for Otter and Gradescope, and for an online repository."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.checks.composition import complete
from autograder.checks.mistakes import FILE, record
from autograder.grade.assignment import Assignment
from autograder.grade.files import grading_files
from autograder.model.errors import InfrastructureError, UsageError
from autograder.release.environment import GRADING_NEEDS, NOTEBOOKS_NEED, PYTHON, STUDENTS_NEED
from autograder.release.online import Repository, binder_files, with_badges, with_fetching
from autograder.release.page import page
from autograder.release.student import HANDOUT, student_files
from autograder.release.wheel import build_wheel

SOURCE = "/autograder/source"
"""Where Gradescope and Otter's images unpack the zip."""
PLUGIN = "autograder.doors.otter.Plugin"
MASTERS = "masters"
REQUIREMENTS = "requirements.txt"
NOTEBOOK_REQUIREMENTS = "requirements-notebook.txt"
_PYTEST = """\
[pytest]
# "Missing required plugins"? This pytest is not that of your set-up: activate its environment, as README.md says.
required_plugins = property-autograder
"""
"""Without it, a pytest that does not know the plugin finds nothing to run, and does not say why."""
_DATE = (1980, 1, 1, 0, 0, 0)
_EXECUTABLE = {"setup.sh", "run_autograder"}
_GENERATE = "import json, sys; from otter.generate import main; main(**json.loads(sys.argv[1]))"
_ENTRY = 'if __name__ == "__main__":\n'
_STAGE = "    from autograder.doors.otter import stage\n\n    stage({source!r})\n"


def release(master: Path, out: Path, repository: str = "") -> list[Path]:
    """Write ``<name>-student.zip`` and ``<name>-autograder.zip``; the same bytes for the same sources.

    Args:
        master: the assignment's folder below ``solutions``.
        out: the folder to write to; made where it is missing.
        repository: ``OWNER/NAME`` or ``OWNER/NAME@BRANCH`` on GitHub; the handout then has badges that open the
            notebook in Colab and Binder, and ``<name>-repository.zip`` holds what to put there.

    Returns:
        The paths.

    Raises:
        AuthoringError: the master copy is wrong, or something of the solution would be given away.
        UsageError: ``out`` cannot be written to, the repository is not given as above, or there is no checkout to
            build the engine from.

    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        students = for_students(master, repository)
        bundles = {
            out / f"{master.name}-student.zip": students,
            out / f"{master.name}-autograder.zip": for_otter(master),
        }
        if f"{master.name}/{master.name}.ipynb" in students and repository:
            at_the_top = binder_files(master.name, build_wheel()[0])
            bundles[out / f"{master.name}-repository.zip"] = students | at_the_top
        for path, files in bundles.items():
            path.write_bytes(zipped(files))
    except OSError as error:
        raise UsageError(f"{out}: cannot be written to: {error.strerror}") from error
    return list(bundles)


def for_students(master: Path, repository: str = "") -> dict[str, bytes]:
    """Students' folder with the engine and its requirements: file name -> contents."""
    wheel, data = build_wheel()
    files = student_files(master)
    if repository and (notebook := f"{master.name}.ipynb") in files:
        at = Repository.parse(repository)
        files[HANDOUT] = with_badges(files[HANDOUT].decode(), master.name, at).encode()
        files[notebook] = with_fetching(files[notebook].decode(), master.name, at, wheel).encode()
    files[f"{Path(HANDOUT).stem}.html"] = page(files[HANDOUT].decode()).encode()
    if mistakes := known_mistakes(master, files):
        files[f"tests/{FILE}"] = mistakes
    files |= {REQUIREMENTS: _lines(f"./{wheel}", *STUDENTS_NEED), wheel: data, "pytest.ini": _PYTEST.encode()}
    if any(name.endswith(".ipynb") for name in files):
        files[NOTEBOOK_REQUIREMENTS] = _lines(f"-r {REQUIREMENTS}", *NOTEBOOKS_NEED)
    return {f"{master.name}/{name}": contents for name, contents in files.items()}


def known_mistakes(master: Path, files: Mapping[str, bytes]) -> bytes:
    """Fingerprints of the misconceptions, for a student's folder; empty where they are named after handing in.

    Args:
        master: the assignment's folder.
        files: the students' files.

    """
    assignment = Assignment(master)
    if assignment.contract.named == "after" or not any(assignment.misconceptions.values()):
        return b""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_bytes(data)
        return record(Path(folder) / "tests", vars(assignment.reference), assignment.misconceptions).encode()


def _lines(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def for_otter(master: Path) -> dict[str, bytes]:
    """Otter's generated zip plus the master copy and the engine: file name -> contents."""
    master = complete(master)
    student_files(master)  # a master copy that cannot be released must not grade either
    wheel, data = build_wheel()
    files = _generated(master, [f"{SOURCE}/{wheel}", *GRADING_NEEDS])
    files["run_otter.py"] = _staged(files["run_otter.py"])
    for path in grading_files(master):
        files["/".join((MASTERS, master.name, *path.relative_to(master).parts))] = path.read_bytes()
    return files | {wheel: data}


def _generated(master: Path, requirements: list[str]) -> dict[str, bytes]:
    # Students see the title and hint of a hidden property, never its inputs.
    config = {
        "show_hidden": True,
        "print_summary": False,
        "plugins": [{PLUGIN: {"master": f"{MASTERS}/{master.name}"}}],
    }
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "otter_config.json").write_text(json.dumps(config), encoding="utf-8")
        (at / "requirements.txt").write_text("\n".join(requirements) + "\n", encoding="utf-8")
        options = {
            "tests_dir": str(master / "tests"),
            "output_path": str(at / "autograder.zip"),
            "config": str(at / "otter_config.json"),
            "requirements": str(at / "requirements.txt"),
            "no_environment": True,
            "python_version": PYTHON,
        }
        # In its own process: Otter reads the working directory, and takes long to import.
        done = subprocess.run(
            [sys.executable, "-c", _GENERATE, json.dumps(options)], cwd=at, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise InfrastructureError(f"Otter could not generate its zip: {done.stderr.strip()[-500:]}")
        with zipfile.ZipFile(at / "autograder.zip") as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def _staged(run_otter: bytes) -> bytes:
    """Otter's entry point, which now moves the student's files away first."""
    text = run_otter.decode()
    head, entry, call = text.partition(_ENTRY)
    if not entry:
        raise InfrastructureError("Otter's run_otter.py has changed: expected a main block to put our step before")
    return (head + entry + _STAGE.format(source=str(Path(SOURCE).parent)) + call).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, sorted and undated: the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3
            info.external_attr = (0o755 if name in _EXECUTABLE else 0o644) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()
