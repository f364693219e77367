"""What is read of files, folders and archives, and what is said of those that are none."""

import dataclasses
import gzip
import io
import json
import os
import socket
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from autograder.intake import read
from autograder.intake.reader import IntakeLimits
from autograder.model.status import Kind
from autograder.model.submission import Submission, Unreadable

ANSWER = "def double(z):\n    return 2 * z\n"
SMALL = IntakeLimits(module=1000, notebook=2000, total=2000, helpers=3, entries=20, depth=3, directory=4000)


def zipped(path: Path, members: dict[str, str | bytes], **more: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name) if more else name, data, zipfile.ZIP_DEFLATED)
    return path


def good(path: Path, **more: object) -> Submission:
    found = read(path, "toy", **more)
    assert isinstance(found, Submission), found
    return found


def bad(path: Path, **more: object) -> Unreadable:
    found = read(path, "toy", **more)
    assert isinstance(found, Unreadable), found
    return found


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


# --- single files ---


def test_a_python_file_is_the_answer_whatever_it_is_called(tmp_path):
    write(tmp_path, {"ada.PY": ANSWER})
    assert good(tmp_path / "ada.PY") == Submission("ada", ANSWER, {}, "ada.PY", ())


def test_a_name_given_because_of_a_clash_is_said(tmp_path):
    write(tmp_path, {"ada.py": ANSWER})
    found = good(tmp_path / "ada.py", identity="ada.py")
    assert (found.id, found.notes) == ("ada.py", ("listed as ada.py, since another submission is called ada too",))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfx = '\xc3\xa9'\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"# vim: set fileencoding=cp1252 :\r\nx = '\xe9'\r\n",
    ],
)
def test_marks_and_coding_lines_are_honoured(tmp_path, data):
    write(tmp_path, {"ada.py": data})
    source = good(tmp_path / "ada.py").source
    assert "x = 'é'\n" in source
    assert "\r" not in source
    compile(source, "ada.py", "exec")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x = 1\ny = '\xe9'\n", "ada.py: expected utf-8 text; found the byte 0xe9 in line 2"),
        ("x".encode("utf-16"), "found UTF-16"),
        (b"# coding: punycode\n", "found the coding line 'punycode'"),
        (b"# coding: rot13\n", "found the coding line 'rot13'"),
        (b"# coding: nonsense\n", "unknown encoding: nonsense"),
        (b"x = 1\0\n", "found null bytes"),
    ],
)
def test_what_is_no_text_is_unreadable(tmp_path, data, says):
    write(tmp_path, {"ada.py": data})
    found = bad(tmp_path / "ada.py")
    assert found.status.words == "unreadable"
    assert says in found.message


def test_a_document_is_for_a_person(tmp_path):
    zipped(tmp_path / "bob.zip", {"hw/answers.PDF": b"%PDF", "readme.txt": "see the PDF"})
    assert bad(tmp_path / "bob.zip").status.words == "for a person: a .pdf file"
    write(tmp_path, {"cyd.7z": b"7z"})
    assert bad(tmp_path / "cyd.7z").status.words == "for a person: a .7z file"


def test_other_files_are_for_a_person(tmp_path):
    write(tmp_path, {"ada.pdf": b"%PDF"})
    assert bad(tmp_path / "ada.pdf").status.words == "for a person: a .pdf file"
    assert bad(tmp_path / "ada.pdf").message == (
        "ada.pdf: expected a .py, .ipynb, .zip or .tar.gz file, or a folder; found .pdf"
    )


def test_a_long_file_is_too_large(tmp_path):
    write(tmp_path, {"ada.py": "#" * 1001})
    assert bad(tmp_path / "ada.py", limits=SMALL).status.words == "too large"


def test_a_vanished_file_is_not_the_students_fault(tmp_path):
    assert bad(tmp_path / "ada.py").status.words == "not graded: cannot be read (No such file or directory)"


@pytest.mark.parametrize("kind", ["link", "pipe", "socket"])
def test_special_files_are_not_opened(tmp_path, kind, monkeypatch):
    path = tmp_path / "ada.py"
    if kind == "link":
        path.symlink_to("/etc/passwd")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        monkeypatch.chdir(tmp_path)  # the whole path may be too long for a socket
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("ada.py")
    assert "expected a regular file; found a" in bad(path).message


def test_a_device_is_not_opened():
    assert "found a device" in bad(Path("/dev/zero")).message


# --- folders and archives: one rule ---

LAYOUTS = {
    "module at the top": ({"toy.py": ANSWER, "other.py": "x = 1"}, "toy.py"),
    "module deep down": ({"a/b/toy.py": ANSWER, "notes.txt": "x"}, "a/b/toy.py"),
    "module in capitals": ({"Toy.py": ANSWER}, "Toy.py"),
    "module and notebook": ({"toy.py": ANSWER, "toy.ipynb": "{}"}, "toy.py"),
    "single other file": ({"work/answer.py": ANSWER, "work/__init__.py": ""}, "work/answer.py"),
    "noise": (
        {"toy.py": ANSWER, "__MACOSX/toy.py": "x", ".venv/toy.py": "x", "a/.ipynb_checkpoints/toy.py": "x"},
        "toy.py",
    ),
}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_the_module_is_found(tmp_path, layout, packed):
    files, name = LAYOUTS[layout]
    path = zipped(tmp_path / "ada.zip", files) if packed else write(tmp_path / "ada", files)
    found = good(path)
    assert found.id == "ada"
    assert found.source == ANSWER
    assert found.origin == f"{path.name}: {name}"


ATTEMPTS = {
    "2/toy.py": "10/toy.py",
    "ada/2/toy.py": "ada/10/toy.py",
    "version 1/src/mine.py": "version 2/src/mine.py",
    "2026-11-09-10-00-00/toy.py": "2026-11-10-09-59-59/toy.py",
    "2026-11-20 09:59:59.123456 UTC/toy.ipynb": "2026-11-20 10:00:00.000001 UTC/toy.ipynb",
    "20261120095959_my hw.py": "20261120100000_my hw.py",
}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("earlier", ATTEMPTS, ids=str)
def test_of_several_attempts_the_latest_counts(tmp_path, earlier, packed):
    texts = (ANSWER.replace("2", "3"), ANSWER)
    if earlier.endswith("ipynb"):
        texts = tuple(json.dumps({"cells": [{"cell_type": "code", "source": text}]}) for text in texts)
    files = dict(zip((earlier, ATTEMPTS[earlier]), texts, strict=True))
    found = good(zipped(tmp_path / "ada.zip", files) if packed else write(tmp_path / "ada", files))
    assert "2 * z" in found.source
    assert f"of several attempts the latest counts: {ATTEMPTS[earlier]}" in found.notes


AMBIGUOUS = {
    "two exercises": {"1/first.py": ANSWER, "2/second.py": "x = 1"},
    "two modules": {"toy.py": ANSWER, "old/toy.py": f"{ANSWER}# old"},
    "names that differ in case": {"toy.py": ANSWER, "TOY.py": "x = 1"},
    "two notebooks": {"a.ipynb": "{}", "b.ipynb": "{}"},
    "two files": {"a.py": ANSWER, "b.py": f"{ANSWER}# old"},
}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", AMBIGUOUS, ids=str)
def test_two_candidates_are_ambiguous(tmp_path, layout, packed):
    files = AMBIGUOUS[layout]
    found = bad(zipped(tmp_path / "ada.zip", files) if packed else write(tmp_path / "ada", files))
    assert found.status.words == "ambiguous"
    assert all(name in found.message for name in files)


STUB = "def double(z):\n    raise NotImplementedError\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": ANSWER}]})
STUB_NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": STUB}]})


@pytest.mark.parametrize("names", [("a\x1b[2J.txt",), ("a\x1b[2J.py", "b\x07.py")])
def test_control_characters_of_names_reach_no_message(tmp_path, names):
    found = bad(
        write(tmp_path / "ada", {name: f"def double(z):\n    return z + {at}\n" for at, name in enumerate(names)})
    )
    assert "found" in found.message
    assert found.message.isprintable()


@pytest.mark.parametrize(
    ("files", "answer"),
    [
        ({"toy.py": STUB, "toy (1).py": ANSWER}, "toy (1).py"),
        ({"hw/toy.py": STUB, "mine.py": ANSWER, "hw/tests/double.py": ANSWER}, "mine.py"),
        ({"toy.py": STUB, "mine.ipynb": NOTEBOOK}, "mine.ipynb"),
        ({"toy.ipynb": STUB_NOTEBOOK, "mine.ipynb": NOTEBOOK}, "mine.ipynb"),
        ({"toy.ipynb": STUB_NOTEBOOK, "mine.py": ANSWER}, "mine.py"),
        ({"toy.py": STUB, "old/toy.py": ANSWER}, "old/toy.py"),
        ({"toy.py": ANSWER, "a copy/toy.py": ANSWER}, "toy.py"),
        ({"one.ipynb": NOTEBOOK, "plots.ipynb": '{"cells": []}'}, "one.ipynb"),
    ],
)
def test_what_is_answered_is_the_answer(tmp_path, files, answer):
    found = good(zipped(tmp_path / "ada.zip", files), questions=["double"])
    assert "return 2 * z" in found.source
    assert found.origin == f"ada.zip: {answer}"
    assert any(f"{answer.rpartition('/')[2]} is graded" in note for note in found.notes)


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"toy.py": f"{STUB}from mine import *\n", "mine.py": ANSWER}, ""),
        ({"toy.py": STUB, "one.py": ANSWER, "two.py": f"{ANSWER}# two"}, "toy.py is graded, not one.py, two.py, which"),
        ({"toy.py": ANSWER, "mine.py": f"{ANSWER}# mine", "copy.py": ANSWER}, "toy.py is graded, not mine.py, which"),
        ({"toy.py": f"from mine import *\n{ANSWER}", "mine.py": f"{ANSWER}# mine"}, ""),
        ({"toy.py": STUB, "answers.zip": "PK"}, "not opened: answers.zip, since toy.py is beside it"),
    ],
)
def test_where_the_answer_is_unclear_the_module_is_it(tmp_path, files, note):
    found = good(zipped(tmp_path / "ada.zip", files), questions=["double"])
    assert found.origin == "ada.zip: toy.py"
    assert [n.startswith(note) for n in found.notes] == [True] * bool(note)


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_nothing_to_grade_is_empty(tmp_path, packed):
    files = {"notes.txt": "x", ".DS_Store": "x"}
    found = bad(zipped(tmp_path / "ada.zip", files) if packed else write(tmp_path / "ada", files))
    assert (found.status.words, found.message) == (
        "empty",
        f"{found.origin}: expected toy.py or a single notebook; found notes.txt",
    )


def test_modules_beside_the_answer_are_helpers(tmp_path):
    files = {
        "src/toy.py": ANSWER,
        "src/maths.py": "e = 3",
        "src/pkg/__init__.py": "",
        "src/pkg/inner.py": "i = 1",
        "src/tests/double.py": "not = helper",
        "src/with-dash.py": "",
        "src/class.py": "",
        "elsewhere.py": "far = 1",
        "src/broken.py": b"\xff",
        "src/env/pyvenv.cfg": "",
        "src/env/lib.py": "",
    }
    found = good(write(tmp_path / "ada", files))
    assert dict(found.helpers) == {"maths": "e = 3", "pkg.__init__": "", "pkg.inner": "i = 1"}
    assert [n for n in found.notes if "broken.py" in n]


def test_helpers_are_bounded(tmp_path):
    files = {"toy.py": ANSWER} | {f"h{i}.py": "x" * 900 for i in range(9)}
    found = good(write(tmp_path / "ada", files), limits=SMALL)
    assert len(found.helpers) <= 3
    assert sum(map(len, found.helpers.values())) <= SMALL.total
    assert found.notes


# --- hostile folders ---


def test_links_and_special_files_in_a_folder_do_not_count(tmp_path):
    write(tmp_path, {"secret.py": "stolen = 1"})
    folder = write(tmp_path / "ada", {"toy.py": ANSWER})
    (folder / "soft.py").symlink_to(tmp_path / "secret.py")
    (folder / "up").symlink_to(tmp_path)
    os.link(tmp_path / "secret.py", folder / "hard.py")
    os.mkfifo(folder / "pipe.py")
    found = good(folder)
    # A copy of a class may share its files; a link to a file of someone else is another matter.
    assert set(found.helpers) == {"hard"}
    assert len(found.notes) == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_hard_link_to_a_file_of_someone_else_does_not_count(tmp_path):
    write(tmp_path, {"secret.py": "stolen = 1"})
    os.chown(tmp_path / "secret.py", 12345, 12345)
    folder = write(tmp_path / "ada", {"toy.py": ANSWER})
    os.link(tmp_path / "secret.py", folder / "hard.py")
    found = good(folder)
    assert found.helpers == {}
    assert found.notes == ("left out hard.py: a hard link to a file of someone else",)


def test_a_module_that_is_a_link_is_no_module(tmp_path):
    write(tmp_path, {"secret.py": "stolen = 1"})
    folder = write(tmp_path / "ada", {})
    folder.mkdir()
    (folder / "toy.py").symlink_to(tmp_path / "secret.py")
    found = bad(folder)
    assert found.status.words == "empty"
    assert "toy.py: a symbolic link" in found.message


def test_a_deep_folder_is_not_followed_to_its_end(tmp_path):
    folder = write(tmp_path / "ada", {"toy.py": ANSWER})
    write(folder / "/".join("abcdefgh"), {"toy.py": "x = 1"})
    assert good(folder, limits=SMALL).source == ANSWER


def test_a_folder_of_too_many_files(tmp_path):
    folder = write(tmp_path / "ada", {f"{i}.txt": "" for i in range(21)})
    assert bad(folder, limits=SMALL).status.words == "too large"


# --- hostile archives ---


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" + b"\0" * 60])
def test_what_is_no_archive(tmp_path, data):
    write(tmp_path, {"ada.zip": data})
    found = bad(tmp_path / "ada.zip")
    assert found.status.words == "for a person: an archive that cannot be read"
    assert found.message.startswith("ada.zip: expected a zip archive")


def test_a_truncated_archive(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"toy.py": ANSWER})
    whole = path.read_bytes()
    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        assert bad(path).status.words == "for a person: an archive that cannot be read"


def test_a_damaged_archive_never_raises(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"toy.py": ANSWER * 9, "helper.py": "x = 1"})
    whole = bytearray(path.read_bytes())
    for at in range(len(whole)):
        damaged = whole.copy()
        damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        found = read(path, "toy")
        assert isinstance(found, Submission) or found.status.kind is not Kind.NOT_GRADED, (at, found)


@pytest.mark.parametrize("name", ["../toy.py", "a/../../toy.py", "/toy.py", "C:/toy.py", "C:\\toy.py", "..\\toy.py"])
def test_names_that_lead_out_do_not_count(tmp_path, name):
    found = bad(zipped(tmp_path / "ada.zip", {name: ANSWER}))
    assert found.status.words == "empty"
    assert "its name leads out of the archive" in found.message
    assert [p.name for p in tmp_path.iterdir()] == ["ada.zip"]


@pytest.mark.parametrize("name", ["HW 1: naive bayes/toy.py", "12:30.py", "final: toy/toy.py"])
def test_a_colon_is_part_of_a_name(tmp_path, name):
    """Finder stores a typed / as a colon."""
    assert good(zipped(tmp_path / "ada.zip", {name: ANSWER})).origin == f"ada.zip: {name}"


@pytest.mark.parametrize("packing", ["zip", "tar", "folder"])
def test_a_note_names_what_is_nested_too_deep(tmp_path, packing):
    files = {"toy.py": ANSWER, "a/b/c/d/e/f/g.py": "x = 1"}
    make = {"zip": zipped, "tar": tarred, "folder": write}[packing]
    (note,) = good(make(tmp_path / ("ada" + {"folder": ""}.get(packing, f".{packing}")), files), limits=SMALL).notes
    assert note.startswith("left out a/b/c/d/")
    assert note.endswith(": more than 3 folders deep")


def test_backslashes_are_folders(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"x": ""})
    info = zipfile.ZipInfo("src/toy.py")
    info.filename = "src\\toy.py"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, ANSWER)
    assert good(path).origin == "ada.zip: src/toy.py"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_special_members_do_not_count(tmp_path, kind):
    info = zipfile.ZipInfo("toy.py")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert bad(tmp_path / "ada.zip").status.words == "empty"


def test_a_member_twice_is_ambiguous(tmp_path):
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr("toy.py", ANSWER)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("toy.py", "x = 1")
    assert bad(tmp_path / "ada.zip").status.words == "ambiguous"


def test_a_bomb_is_too_large(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"toy.py": b"#" * (64 << 20)})
    assert path.stat().st_size < 100_000
    assert bad(path).status.words == "too large"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"toy.py": b"#" * (64 << 20)})
    data = path.read_bytes().replace((64 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    assert bad(path).status.words == "for a person: an archive that cannot be read"


def test_a_bomb_that_nobody_asked_for_is_left_alone(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"toy.py": ANSWER, "data.csv": b"0" * (64 << 20), "inner.zip": b"PK"})
    assert good(path).source == ANSWER


def test_an_archive_of_too_many_files(tmp_path):
    path = zipped(tmp_path / "ada.zip", {f"{i}": "" for i in range(21)})
    assert bad(path, limits=SMALL).status.words == "too large"


def test_a_table_of_contents_that_is_too_long_is_not_taken_in(tmp_path):
    path = zipped(tmp_path / "ada.zip", {f"{'x' * 200}{i}": "" for i in range(20)})
    found = bad(path, limits=SMALL)
    assert (found.status.words, found.message) == ("too large", "ada.zip: its table of contents is too long")


def test_an_encrypted_member(tmp_path):
    path = zipped(tmp_path / "ada.zip", {"toy.py": ANSWER})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert "found an encrypted one" in bad(path).message


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "ada.zip", "w", method) as archive:
        archive.writestr("toy.py", ANSWER)
    assert "unusual method" in bad(tmp_path / "ada.zip").message


def test_nothing_is_left_open(tmp_path):
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc to count open files")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for data in (b"nonsense", zipped(tmp_path / "x.zip", {"toy.py": ANSWER}).read_bytes()):
        write(tmp_path, {"ada.zip": data})
        read(tmp_path / "ada.zip", "toy")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_bug_in_reading_one_submission_costs_that_one_only(tmp_path, monkeypatch):
    path = tmp_path / "ada.py"
    path.write_text("x = 1\n")

    def broken(*_):
        raise IndexError("our mistake")

    monkeypatch.setattr("autograder.intake.reader._Reader.read", broken)
    found = read(path, "f")
    assert found.status.words == "not graded: internal error (IndexError: our mistake)"


# --- archives of other kinds ---


def tarred(path: Path, members: dict[str, str | bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix in {".gz", ".tgz"} else "w") as archive:
        for name, data in members.items():
            content = data if isinstance(data, bytes) else data.encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize("name", ["ada.tar", "ada.tar.gz", "ada.tgz"])
def test_a_tar_archive_is_read_as_a_zip_is(tmp_path, name):
    found = good(tarred(tmp_path / name, {"hw/toy.py": ANSWER, "hw/helper.py": "x = 1\n", "hw/.DS_Store": b"\0"}))
    assert (found.id, found.source, found.helpers) == ("ada", ANSWER, {"helper": "x = 1\n"})
    assert found.origin == f"{name}: hw/toy.py"


def test_links_and_names_that_lead_out_of_a_tar_archive_do_not_count(tmp_path):
    path = tmp_path / "ada.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (("toy.py", tarfile.SYMTYPE), ("hard.py", tarfile.LNKTYPE), ("pipe.py", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name in ("../toy.py", "/toy.py", "hw/toy.py"):
            info = tarfile.TarInfo(name)
            info.size = len(ANSWER)
            archive.addfile(info, io.BytesIO(ANSWER.encode()))
    found = good(path)
    assert found.origin == "ada.tar: hw/toy.py"
    assert sum("a link or a special file" in note for note in found.notes) == 3


@pytest.mark.parametrize("cut", [10, 600, 900])
def test_a_damaged_tar_archive_says_so(tmp_path, cut):
    path = tarred(tmp_path / "ada.tar.gz", {"toy.py": ANSWER * 200, "other.bin": os.urandom(2000)})
    path.write_bytes(path.read_bytes()[:cut])
    assert "ada.tar.gz" in bad(path).message


def test_a_tar_archive_that_unpacks_without_end_is_too_large(tmp_path):
    path = tmp_path / "ada.tar.gz"
    endless = tarfile.TarInfo("data.bin")
    endless.size = 1 << 40
    path.write_bytes(gzip.compress(endless.tobuf() + bytes(10**6)))
    assert str(bad(path, limits=dataclasses.replace(SMALL, unpacked=10**5)).status) == "too large"


def test_what_lies_beside_the_answer_in_a_tar_archive_may_be_large(tmp_path):
    data = {"data.csv": "x" * 50_000, ".venv/lib/huge.py": "x" * 50_000, "toy.py": ANSWER, "notes.txt": "x"}
    found = good(tarred(tmp_path / "ada.tar.gz", data), limits=dataclasses.replace(SMALL, packed=5000))
    assert found.source == ANSWER


def test_attributes_in_a_tar_archive_are_not_long(tmp_path):
    path = tmp_path / "ada.tar.gz"
    with tarfile.open(path, "w:gz", pax_headers={"comment": "x" * (2 << 20)}) as archive:
        archive.addfile(tarfile.TarInfo("toy.py"))
    assert "its table of contents is too long" in bad(path).message


def test_an_archive_in_an_archive_is_opened(tmp_path):
    inner = zipped(tmp_path / "toy.zip", {"toy.py": ANSWER}).read_bytes()
    found = good(zipped(tmp_path / "ada.zip", {"Homework 1/toy.zip": inner, "__MACOSX/._toy.zip": b"\0"}))
    assert (found.id, found.source) == ("ada", ANSWER)
    tar = tarred(tmp_path / "toy.tar.gz", {"toy.py": ANSWER}).read_bytes()
    assert good(zipped(tmp_path / "bob.zip", {"toy.tar.gz": tar})).source == ANSWER


def test_of_several_archives_none_is_chosen(tmp_path):
    inner = zipped(tmp_path / "toy.zip", {"toy.py": ANSWER}).read_bytes()
    found = bad(zipped(tmp_path / "ada.zip", {"one.zip": inner, "two.zip": inner}))
    assert found.status.kind is not Kind.GRADED


def test_archives_nested_without_end_end(tmp_path):
    data = zipped(tmp_path / "toy.zip", {"toy.py": ANSWER}).read_bytes()
    for _ in range(10):
        data = zipped(tmp_path / "ada.zip", {"toy.zip": data}).read_bytes()
    assert bad(tmp_path / "ada.zip").message.startswith("ada.zip: expected toy.py or a single notebook; found ")


# --- functions of a similar name ---


@pytest.mark.parametrize(
    ("source", "noted"),
    [
        ("def wiegh(X): ...\n", True),
        ("def wiegh(X): ...\n\ndef double(z): return weigh(z)\n", True),
        ("def wiegh(X): ...\n\n'''\ndef weigh(X): ...\n'''\n", True),
        ("def wiegh(X): ...\n\nclass A:\n    def weigh(self): ...\n", True),
        ("def wiegh(X): ...\n\nasync def weigh(X): ...\n", False),
        ("def wiegh(X): ...\nweigh = wiegh\n", False),
        ("from helper import weigh\ndef wiegh(X): ...\n", False),
        ("from helper import *\ndef wiegh(X): ...\n", False),
        ("def something_else(X): ...\n", False),
    ],
)
def test_a_function_of_a_similar_name_is_noted(tmp_path, source, noted):
    write(tmp_path, {"ada.py": f"def double(z): return 1\n{source}"})
    found = good(tmp_path / "ada.py", questions=["double", "weigh"])
    assert ("weigh is not defined; wiegh is: did you mean that?" in found.notes) is noted
