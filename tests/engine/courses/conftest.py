"""Exports as Canvas and Gradescope write them, with every oddity that their formats have."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

RIGHT = "def double(z):\n    return 2 * z\n\n\ndef weigh(X, theta):\n    return X @ theta\n"
SQUARES = RIGHT.replace("2 * z", "z * z")
WRONG = RIGHT.replace("2 * z", "z + 1").replace("X @ theta", "theta")


def notebook(source: str) -> str:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


def packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


CANVAS: dict[str, str | bytes] = {
    "lovelaceada_1001_90001_toy.py": RIGHT,
    # Three attempts, the latest of which counts; the zip is not in order.
    "boolegeorge_1002_90011_toy-2.py": RIGHT,
    "boolegeorge_1002_90002_toy.py": WRONG,
    "boolegeorge_1002_90007_toy-1.py": WRONG,
    "turingalan_LATE_1003_90003_my answer.ipynb": notebook(SQUARES),
    # Files of a package, one of them named again by Canvas.
    "hoppergrace_1004_90004_toy-1.py": "import tools\n" + RIGHT.replace("2 * z", "tools.twice(z)"),
    "hoppergrace_1004_90005_tools-1.py": "def twice(z):\n    return z + z\n",
    "gaußcarl_1005_90006_homework.zip": packed({"hw/toy.py": RIGHT, "__MACOSX/hw/._toy.py": b"\0", "hw/.DS_Store": ""}),
    # A group's name may hold underscores and numbers.
    "team_7_1006_90008_toy.py": SQUARES,
    "noetheremmy_1007_text.html": "<p>def double(z): return 2*z</p>",
    "wrongwill_LATE_1008_90010_toy.py": "def double(z) return 1\n",
    "__MACOSX/._lovelaceada_1001_90001_toy.py": b"\0\5",
    ".DS_Store": b"\0",
}
ANONYMOUS = {
    "anon_aB3dE_90001_toy.py": RIGHT,
    "LATE_anon_Zz9yX_90002_toy.py": SQUARES,
    "anon_00000_text.html": "<p>hello</p>",
}

METADATA = """\
---
submission_501:
  :submitters:
  - :name: Ada Lovelace
    :sid: '2001'
    :email: ada@uni.example
  :created_at: 2026-11-20 22:00:00.123456000 Z
  :score: 0.0
  :status: processed
  :results:
    tests: []
  :history:
  - :id: 400
    :created_at: 2026-11-19 10:00:00 Z
submission_502:
  :submitters:
  - :name: George Boole
    :sid:
  - :name: Grace Hopper
    :sid: '2004'
    :email: grace@uni.example
  :created_at: 2026-11-22 00:30:00.5 +01:00
  :score:
submission_503:
  :submitters:
  - :name: Emmy Noether
    :sid: '2007'
    :email: emmy@uni.example
  :created_at: 2026-11-20 23:10:00 Z
"""
GRADESCOPE: dict[str, str | bytes] = {
    "assignment_77_export/submission_metadata.yml": METADATA,
    "assignment_77_export/submission_501/whatever name.py": RIGHT,
    "assignment_77_export/submission_502/hw/toy.py": SQUARES,
    "assignment_77_export/submission_502/hw/.DS_Store": "",
    "assignment_77_export/submission_502/notes.txt": "x",
    "assignment_77_export/submission_503/up.zip": packed({"toy.ipynb": notebook(RIGHT)}),
    "__MACOSX/assignment_77_export/._submission_metadata.yml": b"\0",
}

GRADEBOOK = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Essay (31),Toy (32),Toy Current Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    "    Points Possible,,,,,20,10,(read only)\r\n"
    '"Lovelace, Ada",1001,2001,ada,CS 1 and CS 2,18,,\r\n'
    '"Boole, George",1002,2002,boole,CS 1,,3.5,\r\n'
    '"Turing, Alan",1003,2003,alan,CS 1,,,\r\n'
    '"Hopper, Grace",1004,2004,grace,CS 1,,EX,\r\n'
    '"Gauß, Carl",1005,2005,carl,CS 1,,,\r\n'
    '"Noether, Emmy",1007,2007,emmy,CS 1,,,\r\n'
    # Another one's number in Canvas is this one's at the university.
    '"Wrong, Will",1008,1001,will,CS 1,,,\r\n'
    '"=cmd()|x, Eve",1010,2010,eve,CS 1,,,\r\n'
    '"Student, Test",1999,,5a3f,CS 1,,,\r\n'
)


@pytest.fixture
def write_files(tmp_path):
    def write(files: dict[str, str | bytes], folder: str) -> Path:
        for name, data in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return tmp_path / folder

    return write


@pytest.fixture
def write_zip(tmp_path):
    def write(files: dict[str, str | bytes], name: str) -> Path:
        (tmp_path / name).write_bytes(packed(files))
        return tmp_path / name

    return write


@pytest.fixture
def grade(toy_master, tmp_path, command):
    """Run ``autograder grade`` on paths; rows by (submission, student), what was said, the output folder."""

    def run(*arguments: object) -> tuple[dict[tuple[str, str], dict[str, str]], str, Path]:
        out = tmp_path / "graded"
        done = command("grade", toy_master, *arguments, "--out", out, merged=True)
        assert done.returncode == 0, done.stdout
        with (out / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
            rows = {(row["submission"], row.get("student", "")): row for row in csv.DictReader(file)}
        return rows, done.stdout, out

    return run
