"""Similar answers: found though renamed, stubs do not count, the page is self-contained, and nothing runs."""

import builtins
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from autograder.cli import cli
from autograder.model.errors import UsageError
from autograder.report import html
from autograder.report.similarity import Pair, Piece, Side, clusters, similar

STUBS = """\
import numpy as np


def scale(values, factor, *, offset=0.0, inverse=False):
    raise NotImplementedError


def weigh(values, weights, *, axis=0, normalise=True):
    raise NotImplementedError
"""
WRITTEN = """\
import numpy as np


def centre(rows):
    total = np.zeros(rows.shape[1])
    for row in rows:
        total = total + row / len(rows)
    return rows - total[None, :]
"""
RENAMED = """\
import numpy as np

# all my own work


def centre(X):
    mu = np.zeros(X.shape[1])
    for x in X:
        mu = mu + x / len(X)  # the mean
    return X - mu[None, :]
"""
OTHER = """\
import numpy as np


def centre(rows):
    return (np.eye(len(rows)) - np.ones((len(rows), len(rows))) / len(rows)) @ rows
"""


@pytest.fixture
def copydetect():
    return pytest.importorskip("copydetect", reason="copydetect is not installed here (extra [similarity])")


def shared(side):
    return "".join(p.text for p in side.pieces if p.shared)


def test_a_renamed_copy_is_found_and_an_answer_of_ones_own_is_not(copydetect):
    pairs, count = similar({"ada": WRITTEN, "bob": RENAMED, "cyd": OTHER}, [STUBS], 0.8)
    assert [(p.left.id, p.right.id) for p in pairs] == [("ada", "bob")]
    assert count == 1
    assert "total = total + row / len(rows)" in shared(pairs[0].left)
    assert "mu = mu + x / len(X)" in shared(pairs[0].right)


def test_what_was_handed_out_counts_for_nobody(copydetect):
    bodies = (
        "    centred = values - np.mean(values)\n    return offset + centred * factor\n",
        "    if inverse:\n        factor = 1 / factor\n    return [v * factor + offset for v in values]\n",
    )
    bob, cyd = (STUBS.replace("    raise NotImplementedError\n", body, 1) for body in bodies)
    answers = {"ada": STUBS, "bob": bob, "cyd": cyd}
    assert similar(answers, [], 0.5)[1] == 3, "what all have is shared by all"
    assert similar(answers, [STUBS], 0.3) == ([], 0)
    assert similar({"ada": "", "bob": "", "cyd": "x"}, [STUBS], 0.01) == ([], 0)


def test_a_part_of_a_larger_answer_is_found(copydetect):
    ((pair,), _) = similar({"ada": OTHER + WRITTEN, "bob": WRITTEN}, [], 0.95)
    assert pair.left.share < 0.95 <= pair.right.share


def test_places_hold_whatever_ends_the_lines(copydetect):
    ((pair,), _) = similar({"ada": WRITTEN, "bob": "\ufeff\r\n\r\n" + WRITTEN.replace("\n", "\r\n")}, [], 0.8)
    assert shared(pair.left) == shared(pair.right)


def test_lines_far_from_a_passage_are_left_out(copydetect):
    many = "".join(f"# {n}\n" for n in range(50))
    ((pair,), _) = similar({"ada": many + WRITTEN, "bob": WRITTEN}, [], 0.8)
    text = "".join(p.text for p in pair.left.pieces)
    assert "# 10\n" not in text
    assert "...\n" in text
    assert "return rows - total[None, :]" in text


def test_only_the_most_alike_are_shown_and_all_are_counted(copydetect, monkeypatch):
    monkeypatch.setattr("autograder.report.similarity.MOST_PAIRS", 1)
    pairs, count = similar({"ada": WRITTEN, "bob": OTHER + RENAMED, "cyd": WRITTEN}, [], 0.5)
    assert (len(pairs), count) == (1, 3)
    assert {pairs[0].left.share, pairs[0].right.share} == {1.0}
    assert "Only the 1 most alike are shown" in html.similarity_page("toy", pairs, count, 0.5, compared=3, left_out={})


def test_the_page_stands_alone_and_students_words_stay_words():
    evil = "<script>alert(1)</script>"
    side = Side(evil, 0.9, (Piece(evil, shared=True), Piece("...\n", gap=True)))
    page = html.similarity_page("toy", [Pair(side, side)], 1, 0.8, compared=2, left_out={evil: evil})
    assert evil not in page
    assert "<mark>&lt;script&gt;" in page
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, dict(attrs)))

    Reader().feed(page)
    addresses = [v for _, a in tags for k, v in a.items() if k in {"src", "href"}]
    assert all(re.match(r"#p1$|data:", address) for address in addresses)
    assert not [t for t, _ in tags if t == "script"]


def test_a_class_of_files_notebooks_and_zips_is_compared_without_running_it(copydetect, master, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    mark = tmp_path / "ran"
    source = f"open({str(mark)!r}, 'w')\n{WRITTEN}"
    (folder / "ada.py").write_text(source)
    with zipfile.ZipFile(folder / "bob.zip", "w") as archive:
        archive.writestr("toy.py", source)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
    table = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "cyd.ipynb").write_text(json.dumps(table))
    (folder / "dan.zip").write_bytes(b"no zip")
    done = CliRunner().invoke(cli, ["similarity", str(master), str(folder), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "3 answers compared, 1 left out, 3 pairs" in done.output
    assert not mark.exists()
    page = (tmp_path / "out" / "similarity.html").read_text()
    assert "dan: for a person: an archive that cannot be read" in page
    assert page.count("<section id=") == 3


def test_stubs_of_an_assignment_are_alike_for_nobody(copydetect, master, tmp_path):
    from autograder.release import student_files

    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("ada", "bob"):
        (folder / f"{name}.py").write_bytes(student_files(master)["toy.py"])
        (folder / f"{name}2.ipynb").write_bytes(student_files(master)["toy.ipynb"])
    done = CliRunner().invoke(
        cli, ["similarity", str(master), str(folder), "--out", str(tmp_path / "out"), "--threshold", "0.1"]
    )
    assert "4 answers compared, 0 left out, 0 pairs" in done.output


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("copydetect"):
            raise ImportError("No module named 'copydetect'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install '\.\[similarity\]'"):
        similar({"ada": WRITTEN}, [STUBS], 0.8)


def test_answers_that_hang_together_are_a_group():
    def pair(one, other):
        return Pair(Side(one, 1, ()), Side(other, 1, ()))

    pairs = [
        pair("a", "b"),
        pair("x", "y"),
        pair("c", "d"),
        pair("b", "c"),
        pair("e", "a"),
        pair("q", "r"),
        pair("r", "s"),
    ]
    assert clusters(pairs) == [["a", "b", "c", "d", "e"], ["q", "r", "s"]]
