"""Hostile archives, folders and notebooks in one batch beside honest submissions."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from tests.attacks.arena import CANARY, HONEST, MARK, Arena, Machine, litter, without_times

RIGHT = HONEST["honest_right"]


def packed(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name) if isinstance(name, str) else name
            info.compress_type = method
            archive.writestr(info, data)
    return buffer.getvalue()


def link(name, kind=stat.S_IFLNK):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


def encrypted():
    data = bytearray(packed([("toy.py", RIGHT)], zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def notebook(source):
    cells = [{"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def quine():
    """An archive whose member says it is small and is not."""
    data = bytearray(packed([("toy.py", "#" * 20_000_000)]))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


BY_HAND = "an archive that cannot be read"


def archives():
    """What is handed in, by name: its bytes, the status that it must get (None for any), its points."""
    return {
        "slip.zip": (packed([("../../evidence/slip", "x"), ("toy.py", RIGHT)]), "graded", 10),
        "slip_only.zip": (packed([("../toy.py", RIGHT)]), "empty", 0),
        "absolute.zip": (packed([(f"/tmp/{MARK}", "x"), ("toy.py", RIGHT)]), "graded", 10),
        "backslash.zip": (packed([("..\\..\\evidence\\slip", "x"), ("toy.py", RIGHT)]), "graded", 10),
        "drive.zip": (packed([("C:/evidence/x", "x"), ("toy.py", RIGHT)]), "graded", 10),
        "link.zip": (packed([(link("toy.py"), "{secret}")]), "empty", 0),
        "device.zip": (packed([(link("toy.py", stat.S_IFCHR), "")]), "empty", 0),
        "bomb.zip": (packed([("toy.py", b"#" * 20_000_000)]), "too large", 0),
        "bomb_aside.zip": (packed([("toy.py", RIGHT), ("zeros.bin", b"\0" * 20_000_000)]), "graded", 10),
        "bomb_that_lies.zip": (quine(), None, 0),
        "bomb_of_names.zip": (packed([(f"{i:0600}.txt", "") for i in range(30_000)]), "too large", 0),
        "bomb_nested.zip": (packed([("a.zip", packed([("toy.py", RIGHT)]))]), "graded", 10),
        "deep.zip": (packed([("/".join(["d"] * 300) + "/toy.py", RIGHT)]), "empty", 0),
        "encrypted.zip": (encrypted(), BY_HAND, 0),
        "twice.zip": (packed([("a/toy.py", RIGHT), ("b/toy.py", RIGHT + "#")]), "ambiguous", 0),
        "cases.zip": (packed([("toy.py", RIGHT), ("TOY.py", RIGHT + "#")]), "ambiguous", 0),
        "no_archive.zip": (b"PK\x05\x06" + b"\xff" * 200, BY_HAND, 0),
        "cut.zip": (packed([("toy.py", RIGHT * 100)])[:-30], BY_HAND, 0),
        "shadows.zip": (
            packed(
                [("toy.py", RIGHT), *((f"{m}.py", "raise SystemExit") for m in ("numpy", "otter", "autograder", "os"))]
            ),
            "graded",
            10,
        ),
        "shadows_late.zip": (
            packed([("toy.py", RIGHT), ("sitecustomize.py", "1/0"), ("conftest.py", "1/0")]),
            "graded",
            10,
        ),
        "shell.ipynb": (notebook(f"!cp {'{secret}'} {'{evidence}'}/shell\n%run {'{secret}'}\n{RIGHT}"), "graded", 10),
        "broken.ipynb": (b'{"cells": [', "unreadable", 0),
        "deep.ipynb": (b"[" * 100_000, "unreadable", 0),
        "odd.ipynb": (b'{"cells": [{"cell_type": "code", "source": {"a": [1]}}, 7, null], "nbformat": 1e999}', None, 0),
        "binary.py": (b"\x00\xff\xfe" * 1000, None, 0),
        "=cmd|'C calc'!A0.py": (RIGHT.encode(), "graded", 10),
        "<script>alert(1).py": (RIGHT.encode(), "graded", 10),
    }


@pytest.fixture
def arena(toy_master):
    with tempfile.TemporaryDirectory(prefix="autograder-arena-") as folder:
        yield Arena(toy_master, Path(folder))


def test_nothing_that_is_handed_in_gets_out_of_its_archive(arena):
    honest, handed_in = without_times(arena.grade(Machine())), archives()
    names = {b"{secret}": str(arena.secret).encode(), b"{evidence}": str(arena.evidence).encode()}
    for name, (data, _, _) in handed_in.items():
        for mark, path in names.items():
            data = data.replace(mark, path) if name.endswith(".ipynb") else data  # noqa: PLW2901
        (arena.submissions / name).write_bytes(data)
    folder = arena.submissions / "folder"
    folder.mkdir()
    (folder / "toy.py").symlink_to(arena.secret)
    (folder / "loop").symlink_to(".")
    os.mkfifo(arena.submissions / "pipe.py")
    (arena.submissions / "linked.py").symlink_to(arena.secret)
    if os.geteuid() == 0:
        # A link to a file of someone else; one to a file of one's own is what `cp -al` makes.
        os.link(arena.secret, folder / "helper.py")
        os.chown(folder, 65534, -1)
    before = litter()
    results = arena.grade(Machine(), seconds=120)
    assert arena.breaches(results) == set()
    assert without_times(results) == honest
    assert not any(CANARY in json.dumps(result) for result in results.values())
    by_origin = {Path(r["extra_data"]["result"]["origin"].partition(":")[0]).name: r for r in results.values()}
    found = {
        name: (r["extra_data"]["result"]["detail"] or r["extra_data"]["result"]["status"], r["score"])
        for name, r in by_origin.items()
    }
    for name, (_, status, score) in handed_in.items():
        assert name in found, (name, sorted(found))
        assert found[name] == (status or found[name][0], score), name
    for name in ("folder", "pipe.py", "linked.py"):
        assert found[name][1] == 0, name
    assert litter() <= before
    (table,) = (
        arena.folder.glob("out*/grades.csv")
        if len(list(arena.folder.glob("out*"))) == 1
        else [max(arena.folder.glob("out*/grades.csv"), key=lambda p: p.stat().st_mtime)]
    )
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    # A spreadsheet computes a cell that begins like a formula.
    assert not [
        cell
        for row in rows
        for cell in row
        if cell[:1] in "=+-@\t\r" and not cell.lstrip("-").replace(".", "").isdigit() and cell
    ]
