"""One submission that is made to take all time or memory costs itself only."""

import gc
import json

import pytest

from autograder import intake
from autograder.intake import bounded
from autograder.model.status import Kind
from autograder.model.submission import Submission

CELL = {"cell_type": "code", "source": "def double(z):\n    return 2 * z\n"}


@pytest.fixture
def reader(monkeypatch):
    """A process of this test's own."""
    own = bounded._Reader()
    monkeypatch.setattr(bounded, "_READER", own)
    yield own
    own.close()


def notebook(path, *cells, **more):
    path.write_text(json.dumps({"cells": [*cells, CELL], **more}), encoding="utf-8")
    return path


def test_too_much_time(tmp_path, reader, monkeypatch):
    monkeypatch.setattr(bounded, "CPU_SECONDS", 1)
    # CPython's own parser takes quadratic time for it.
    slow = {"cell_type": "code", "source": "f'''" + "{1}\n" * 200_000 + "'''"}
    found = intake.read(notebook(tmp_path / "slow.ipynb", slow), "toy")
    assert (str(found.status), found.message) == (
        "too large",
        "slow.ipynb: reading it takes more than 1 s of computing time",
    )
    assert isinstance(intake.read(notebook(tmp_path / "ada.ipynb"), "toy"), Submission)


def test_too_much_memory(tmp_path, reader, monkeypatch):
    monkeypatch.setattr(bounded, "MEMORY", 300 << 20)
    path = tmp_path / "large.ipynb"
    path.write_text('{"cells": [' + "[]," * 6_000_000 + "1]}", encoding="utf-8")
    found = intake.read(path, "toy")
    assert (str(found.status), found.message) == (
        "too large",
        "large.ipynb: reading it takes more than 300 MiB of memory",
    )
    assert isinstance(intake.read(notebook(tmp_path / "ada.ipynb"), "toy"), Submission)


def test_where_the_machine_allows_less_memory_that_is_no_students_fault(monkeypatch):
    assert bounded._out_of_memory("ada", "ada.ipynb", 300 << 20).status.kind is not Kind.NOT_GRADED
    monkeypatch.setattr("resource.getrlimit", lambda _: (150 << 20, 150 << 20))
    found = bounded._out_of_memory("ada", "ada.ipynb", 300 << 20)
    assert str(found.status) == "not graded: out of memory on this machine (150 MiB are allowed: ulimit -v, -d)"


@pytest.mark.parametrize("known", [False, True])
def test_a_process_that_is_lost_is_started_again(tmp_path, reader, known):
    path = notebook(tmp_path / "ada.ipynb")
    first = intake.read(path, "toy")
    reader._process.kill()
    if known:  # before it is asked again: its pipes are closed, too
        reader._process.wait()
    assert intake.read(path, "toy") == first
    gc.collect()


def test_outputs_do_not_count(tmp_path, reader):
    picture = {"output_type": "display_data", "data": {"image/png": "A" * (36 << 20)}}
    path = notebook(tmp_path / "ada.ipynb", CELL | {"outputs": [picture]})
    found = intake.read(path, "toy", questions=["double"])
    assert isinstance(found, Submission)
    assert "def double" in found.source
