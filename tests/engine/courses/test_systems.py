"""Each course system's export by its documented naming, every oddity in it: who handed in what, right to the row."""

import dataclasses
import io
import stat
import struct
import tarfile
import time
import unicodedata
import zipfile
import zlib
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import courses, intake
from autograder.courses import discovery
from autograder.courses.late import LatePolicy
from autograder.courses.people import People
from autograder.courses.system import Export
from autograder.courses.systems import SYSTEMS, open_gradebook, system_of
from autograder.model.errors import UsageError
from autograder.model.limits import IntakeLimits
from autograder.model.submission import Submission
from tests.engine.courses.conftest import CANVAS, GRADESCOPE, RIGHT, SQUARES, WRONG, notebook, packed

MOODLE = {
    "Ada Lovelace_1001_assignsubmission_file_/toy.py": RIGHT,
    "Ada Lovelace_1001_assignsubmission_onlinetext_/onlinetext.html": "<p>see the file</p>",
    "Carl Gauß_1002_assignsubmission_file/hw/toy.py": RIGHT,
    "Grace Hopper_1003_assignsubmission_onlinetext/onlinetext.html": "<p>def double(z): ...</p>",
    "Group 1-Emmy Noether_1004_assignsubmission_file_/Alan Turing_1001_assignsubmission_file_toy.py": SQUARES,
    "Alan Turing_1005_assignsubmission_file_/toy.py.zip": packed({"toy.py": RIGHT}),
}
MOODLE_FLAT = {
    "Ada Lovelace_1001_assignsubmission_file_toy.py": RIGHT,
    "Alan Turing_1002_assignsubmission_file_Ada Lovelace_1001_assignsubmission_file_toy.py": SQUARES,
    "Grace Hopper_1003_assignsubmission_onlinetext_.html": "<p>hello</p>",
}
BLACKBOARD = {
    "HW_3_s1001_attempt_2026-11-20-10-00-00_toy.py": WRONG,
    "HW_3_s1001_attempt_2026-11-20-10-00-00.txt": "Name: Ada Lovelace (s1001)\nAssignment: HW_3\n",
    "HW_3_s1001_attempt_2026-11-20-11-00-00.txt": "Name: Ada Lovelace (s1001)\nAssignment: HW_3\n",
    "HW_3_s1001_attempt_2026-11-20-11-00-00_toy.py": RIGHT,
    "HW_3_s1002_attempt_2026-11-20-10-00-00_HW_3_s1001_attempt_2026-12-20-10-00-00_toy.py": SQUARES,
    "HW_3_s1002_attempt_2026-11-20-10-00-00.txt": "Name: Eve (s1001)\nAssignment: HW_3\n",
    "HW_3_s_1003_attempt_2026-11-21-10-00-00.txt": "Name: Alan (x) Turing (s_1003)\nSubmission Field:\n<p>x</p>\n",
}
BRIGHTSPACE = {
    "1001-77 - Ada Lovelace - Nov 9, 2026 1159 PM/toy.py": WRONG,
    "1001-77 - Ada Lovelace - Nov 20, 2026 959 AM/toy.py": RIGHT,
    "1001-77 - Ada Lovelace - Nov 20, 2026 859 AM/toy.py": WRONG,
    "1002-77 - Jean - Luc Picard - Nov 20, 2026 1159 PM/1001-77 - Ada Lovelace - Dec 20, 2026 1159 PM.py": SQUARES,
    "index.html": "<html></html>",
}
BRIGHTSPACE_FLAT = {
    "1001-77 - Ada Lovelace - Nov 20, 2026 1159 PM - toy.py": RIGHT,
    "1002-77 - Alan Turing - Nov 20, 2026 1159 PM - 1001-77 - Ada - Dec 20, 2026 1159 PM - toy.py": SQUARES,
    "index.html": "",
}
AUTOLAB = {
    "ada_l@example.edu_2_toy.py": WRONG,
    "ada_l@example.edu_10_toy.py": RIGHT,
    "alan@example.edu_1_ada_l@example.edu_99_toy.py": SQUARES,
}
SAKAI = {
    "Lovelace, Ada(ada)/timestamp.txt": "2026-11-20T22:00:00Z",
    "Lovelace, Ada(ada)/Submission attachment(s)/hw/toy.py": RIGHT,
    "Lovelace, Ada(ada)/Feedback Attachment(s)/toy.py": WRONG,
    "Lovelace, Ada(ada)/comments.txt": "",
    "O'Grady-Smith, Mae (Kim)(s1002)/timestamp.txt": "20261120220000000",
    "O'Grady-Smith, Mae (Kim)(s1002)/Anexos/answer.py": SQUARES,
    "O'Grady-Smith, Mae (Kim)(s1002)/O'Grady-Smith, Mae (Kim)(s1002)_submissionText.html": "",
    "Gauß, Carl(carl)/Gauß, Carl(carl)_submissionText.html": "<p>def double...</p>",
    "grades.csv": "Homework,Points\n",
}
NBGRADER = {
    "ada+toy+2026-11-20 09:59:59.123456 UTC/toy.ipynb": notebook(WRONG),
    "ada+toy+2026-11-20 10:00:00.000001 UTC/toy.py": RIGHT,
    "ada+toy+2026-11-20 10:00:00.000001 UTC/timestamp.txt": "2026-11-20 10:00:00.000001 UTC",
    "alan.t+toy+2026-11-20 10:00:00.000001 UTC+aGVsbG8/toy.py": SQUARES,
}
AUTOLAB_WITH_VERSIONS_FIRST = {
    "2_ada_l@example.edu_to_y.py": WRONG,
    "10_ada_l@example.edu_to_y.py": RIGHT,
    "1_alan@example.edu_to_y.py": SQUARES,
}
QUIZ = {
    "lovelace_ada1234_question_8801_55501_toy.py": RIGHT,
    "gauß_carl1235_question_8801_55502_toy.py": SQUARES,
    "gauß_carl1235_question_8802_55503_essay.txt": "x",
    "agent_0071236_question_8801_55504_lovelace_ada1234_question_8801_99999_toy.py": SQUARES,
}
CLONES = {
    "hw1-adal/toy.py": RIGHT,
    "hw1-adal/.git/HEAD": "ref: refs/heads/main\n",
    "hw1-alan-t/toy.py": SQUARES,
    "hw1-alan-t/.git/HEAD": "ref: refs/heads/main\n",
    "hw1-empty/.git/HEAD": "ref: refs/heads/main\n",
}
FOLDERS = {"ada/toy.py": RIGHT, "alan/hw/toy.py": SQUARES, "README.md": "the class"}

R, S = RIGHT, SQUARES
EXPECTED = {
    "moodle": (
        MOODLE,
        {
            "Ada Lovelace_1001": ("1001", "Ada Lovelace", R),
            "Carl Gauß_1002": ("1002", "Carl Gauß", R),
            "Grace Hopper_1003": ("1003", "Grace Hopper", "a text entry"),
            "Group 1-Emmy Noether_1004": ("1004", "Group 1-Emmy Noether", S),
            "Alan Turing_1005": ("1005", "Alan Turing", R),
        },
    ),
    "moodle without folders": (
        MOODLE_FLAT,
        {
            "Ada Lovelace_1001": ("1001", "Ada Lovelace", R),
            "Alan Turing_1002": ("1002", "Alan Turing", S),
            "Grace Hopper_1003": ("1003", "Grace Hopper", "a text entry"),
        },
    ),
    "blackboard": (
        BLACKBOARD,
        {
            "s1001": ("s1001", "Ada Lovelace", R),
            "s1002": ("s1002", "", S),
            "s_1003": ("s_1003", "Alan (x) Turing", "a text entry"),
        },
    ),
    "brightspace": (
        BRIGHTSPACE,
        {"Ada Lovelace_1001": ("1001", "Ada Lovelace", R), "Jean - Luc Picard_1002": ("1002", "Jean - Luc Picard", S)},
    ),
    "brightspace without folders": (
        BRIGHTSPACE_FLAT,
        {"Ada Lovelace_1001": ("1001", "Ada Lovelace", R), "Alan Turing_1002": ("1002", "Alan Turing", S)},
    ),
    "autolab": (
        AUTOLAB,
        {"ada_l@example.edu": ("ada_l@example.edu", "", R), "alan@example.edu": ("alan@example.edu", "", S)},
    ),
    "sakai": (
        SAKAI,
        {
            "ada": ("ada", "Lovelace, Ada", R),
            "s1002": ("s1002", "O'Grady-Smith, Mae (Kim)", S),
            "carl": ("carl", "Gauß, Carl", "a text entry"),
        },
    ),
    "nbgrader": (NBGRADER, {"ada": ("ada", "", R), "alan.t": ("alan.t", "", S)}),
    "autolab with versions first": (
        AUTOLAB_WITH_VERSIONS_FIRST,
        {"ada_l@example.edu": ("ada_l@example.edu", "", R), "alan@example.edu": ("alan@example.edu", "", S)},
    ),
    "canvas quiz": (
        QUIZ,
        {
            "lovelace_ada1234": ("1234", "lovelace ada", R),
            "gauß_carl1235": ("1235", "gauß carl", S),
            "agent_0071236": ("1236", "agent 007", S),
        },
    ),
}


def handed_in(path):
    """id -> (first id of the student, name, source or the status where there is none)."""
    found = {}
    for entry in courses.find([path], "toy"):
        read = intake.read_entry(entry, "toy")
        (student,) = entry.metadata.students if entry.metadata else [None]
        what = read.source if isinstance(read, Submission) else str(read.status).partition(";")[0]
        found[entry.id] = (student.ids[0] if student else "", student.name if student else "", what)
    return found


def plain(found):
    return {
        identity: (number, name, what.removeprefix("for a person: "))
        for identity, (number, name, what) in found.items()
    }


@pytest.mark.parametrize("kind", EXPECTED)
@pytest.mark.parametrize("packing", ["zip", "folder", "zip of the folder", "folder in a folder"])
def test_an_export_gives_the_latest_attempt_of_each_student(write_zip, write_files, kind, packing):
    files, expected = EXPECTED[kind]
    wrapped = {f"all/{name}": data for name, data in files.items()} | {
        "__MACOSX/all/._x": b"\0",
        "all/.DS_Store": b"\0",
    }
    path = {
        "zip": lambda: write_zip(files, "a.zip"),
        "folder": lambda: write_files(files, "a"),
        "zip of the folder": lambda: write_zip(wrapped, "a.zip"),
        "folder in a folder": lambda: write_files(wrapped, "a"),
    }[packing]()
    assert plain(handed_in(path)) == expected


def test_sakais_times_are_in_utc(write_zip):
    times = [e.metadata.at for e in courses.find([write_zip(SAKAI, "a.zip")], "toy")]
    assert times == [datetime(2026, 11, 20, 22, tzinfo=UTC), None, datetime(2026, 11, 20, 22, tzinfo=UTC)]


def test_clones_of_github_classroom_are_named_by_their_owners(write_files):
    assert handed_in(write_files(CLONES, "hw1-submissions")) == {
        "adal": ("adal", "", RIGHT),
        "alan-t": ("alan-t", "", SQUARES),
        "empty": ("empty", "", "empty"),
    }


@pytest.mark.parametrize("base", ["", "hw1-submissions/"])
@pytest.mark.parametrize("packing", ["zip", "tar"])
def test_a_zip_of_clones_of_github_classroom(write_zip, write_files, tmp_path, base, packing):
    files = {base + name: data for name, data in CLONES.items()}
    if packing == "zip":
        path = write_zip(files, "clones.zip")
    else:
        path = tmp_path / "clones.tgz"
        with tarfile.open(path, "w:gz") as archive:
            for inside in write_files(files, "all").iterdir():
                archive.add(inside, inside.name)
    assert handed_in(path) == {
        "adal": ("adal", "", RIGHT),
        "alan-t": ("alan-t", "", SQUARES),
        "empty": ("empty", "", "empty"),
    }


@pytest.mark.parametrize(
    ("files", "others"),
    [
        ({"studenttest_1999_90099_toy.py": RIGHT, "lovelaceada_1001_90001_toy.py": RIGHT}, ["lovelaceada_1001"]),
        (
            {"student_test1999_question_8801_55509_toy.py": RIGHT, **QUIZ},
            ["agent_0071236", "gauß_carl1235", "lovelace_ada1234"],
        ),
        (
            {"HW_3_hop_previewuser_attempt_2026-11-20-10-00-00_toy.py": RIGHT, **BLACKBOARD},
            ["s1001", "s1002", "s_1003"],
        ),
    ],
    ids=["assignment", "quiz", "Blackboard"],
)
def test_a_test_student_is_nobody(write_zip, files, others):
    lines = []
    assert [e.id for e in courses.find([write_zip(files, "a.zip")], "toy", tell=lines.append)] == others
    assert lines[0].endswith(("; Canvas' Test Student is left out", "; Blackboard's preview user is left out"))


def test_an_untouched_module_beside_an_answered_notebook_in_an_export_of_canvas(write_zip):
    stub = "def double(z):\n    raise NotImplementedError\n\n\ndef weigh(X, theta):\n    raise NotImplementedError\n"
    files = {
        "lovelaceada_1001_90001_toy.py": stub,
        "lovelaceada_1001_90002_toy.ipynb": notebook(RIGHT),
        "boolegeorge_1002_90003_toy.py": RIGHT,
        "boolegeorge_1002_90004_toy.ipynb": notebook("from toy import *"),
    }
    entries = courses.find([write_zip(files, "a.zip")], "toy")
    boole, ada = (intake.read_entry(e, "toy", questions=["double", "weigh"]) for e in entries)
    assert "return 2 * z" in ada.source
    assert "toy.py is as it was handed out, so toy.ipynb is graded" in ada.notes
    assert boole.source == RIGHT


@pytest.mark.parametrize("base", ["", "class/", "2026/class/"])
def test_a_zip_of_submissions_is_a_class(write_zip, base):
    found = handed_in(write_zip({base + name: data for name, data in FOLDERS.items()}, "class.zip"))
    assert found == {"ada": ("", "", RIGHT), "alan": ("", "", SQUARES), "README": ("", "", "empty")}


@pytest.mark.parametrize("files", [FOLDERS, QUIZ, AUTOLAB])
def test_a_tar_is_read_like_a_zip(write_files, write_zip, tmp_path, files):
    with tarfile.open(tmp_path / "class.tar.gz", "w:gz") as archive:
        archive.add(write_files(files, "class"), "class")
    assert handed_in(tmp_path / "class.tar.gz") == handed_in(write_zip(files, "class.zip"))


def test_a_zip_of_zips_is_a_class(write_zip):
    files = {"ada.zip": packed({"toy.py": RIGHT}), "alan.zip": packed({"hw/toy.py": SQUARES})}
    assert handed_in(write_zip(files, "class.zip")) == {"ada": ("", "", RIGHT), "alan": ("", "", SQUARES)}


def test_a_zip_of_students_of_whom_one_chose_the_name_asked_for_is_a_class(write_zip):
    files = {"ada/toy.py": RIGHT, "bob/homework.py": SQUARES, "cyd/my work/final.ipynb": "{}", "README.txt": "x"}
    found = handed_in(write_zip(files, "class.zip"))
    assert {i: found[i][2] for i in ("ada", "bob", "cyd")} == {"ada": RIGHT, "bob": SQUARES, "cyd": "unreadable"}


@pytest.mark.parametrize(
    "files",
    [
        {"hw/toy.py": RIGHT, "hw/old/toy2.py": WRONG, "notes/plots.ipynb": "{}"},
        {"src/toy.py": RIGHT, "mine/plots.ipynb": "{}", "tests/test_toy.py": ""},
        {"toy.py": RIGHT, "old/toy.py": WRONG},
        {"up/toy.py": RIGHT, "up/helpers.py": ""},
        {"new/toy.py": RIGHT, "old/toy.py": ""},
        {"toy.py": RIGHT, "a/x.py": "", "b/y.py": ""},
        {"ada/toy.py": RIGHT, "plots.py": "", "trials.ipynb": ""},
        {"ada/toy.py": RIGHT, "plots.py": "", "trials.py": "", "utils.py": ""},
    ],
)
def test_one_submission_in_a_zip_is_one(write_zip, files):
    assert [e.part for e in courses.find([write_zip(files, "ada.zip")], "toy")] == [None]


def without_utf_8_flag(write):
    """What ``write`` returns; zip archives that it writes have UTF-8 names without the flag, as of macOS and rubyzip."""

    def encoded(member):
        return member.filename.encode("utf-8"), member.flag_bits & ~0x800

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipfile.ZipInfo, "_encodeFilenameFlags", encoded)
        return write()


def test_names_in_utf_8_without_the_flag_for_it(write_zip):
    files = dict.fromkeys(map(partial(unicodedata.normalize, "NFD"), ("Zoë Müller.py", "Ada.py")), RIGHT)
    found = handed_in(without_utf_8_flag(lambda: write_zip(files, "class.zip")))
    assert found == {"Zoë Müller": ("", "", RIGHT), "Ada": ("", "", RIGHT)}
    assert handed_in(without_utf_8_flag(lambda: write_zip(CANVAS, "a.zip"))) == handed_in(write_zip(CANVAS, "b.zip"))


def test_names_in_cp437(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipfile.ZipInfo, "_encodeFilenameFlags", lambda m: (m.filename.encode("cp437"), 0))
        for name in ("Zoë Müller.py", "Ada.py"):
            archive.writestr(name, RIGHT)
    assert set(handed_in(tmp_path / "class.zip")) == {"Zoë Müller", "Ada"}


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda field: field, "Zoë"),
        (lambda field: field[:5] + b"\0" + field[6:], "Zo_"),
        (lambda field: field[:-1] + b"\xff", "Zo_"),
    ],
    ids=["right", "of another name", "no UTF-8"],
)
def test_names_in_the_extra_field_of_info_zip(tmp_path, damage, expected):
    names = {"Zo?.py": "Zoë.py", "Ada.py": "Ada.py"}
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name, shown in names.items():
            field = struct.pack("<BL", 1, zlib.crc32(name.encode())) + shown.encode()
            member = zipfile.ZipInfo(name)
            member.extra = damage(struct.pack("<HH", 0x7075, len(field)) + field)
            archive.writestr(member, RIGHT)
    assert expected in handed_in(tmp_path / "class.zip")


# --- each name at the top has a row or a line ---


@pytest.fixture
def write_odd_zip(tmp_path):
    """A zip of right answers; a name that ends in ``@`` is a symbolic link, one that ends in ``/`` a folder."""

    def write(names, name="class.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for each in names:
                member = zipfile.ZipInfo(each.rstrip("@"))
                member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777 if "@" in each else 0) << 16
                archive.writestr(member, "" if each.endswith("/") else "/etc/passwd" if "@" in each else RIGHT)
        return tmp_path / name

    return write


def test_a_colon_in_a_name_leaves_nobody_out(write_odd_zip):
    path = write_odd_zip(["ada.py", "bob.py", "cyd 12:30.py", "dee: final/toy.py"])
    assert handed_in(path) == dict.fromkeys(("ada", "bob", "cyd 12_30", "dee_ final"), ("", "", RIGHT))


DEEP = "dee/" + "a/" * 30 + "toy.py"


@pytest.mark.parametrize("base", ["", "2026/class/"])
def test_who_is_left_out_of_a_class_is_named(write_odd_zip, base):
    names = [
        "ada.py",
        "bob.py",
        "cyd/toy.py@",
        "cyd/b.py@",
        DEEP,
        "eve/.toy.py",
        "fay/",
        "gus/env/pyvenv.cfg",
        "hal.py@",
    ]
    said = []
    path = write_odd_zip([base + n for n in [*names, "__MACOSX/._ada.py", ".DS_Store"]])
    assert [e.id for e in courses.find([path], "toy", tell=said.append)] == ["ada", "bob"]
    lines = [line.partition("class.zip: ")[2] for line in said]
    assert lines[0] == "an archive of submissions, 2 submissions"
    assert sorted(lines[1:]) == [
        "left out cyd/toy.py: a symbolic link (and 1 more)",
        f"left out {DEEP}: more than 24 folders deep",
        "left out eve/: no file in it counts",
        "left out fay/: no file in it counts",
        "left out gus/env/: no file in it counts",
        "left out hal.py: a symbolic link",
    ]


def test_an_earlier_attempt_is_not_left_out(write_files):
    days = [f"1001-77 - Ada Lovelace - Nov {day}, 2026 1159 PM/toy.py" for day in (20, 21)]
    said = []
    path = write_files({"index.html": "", **dict.fromkeys(days, RIGHT)}, "export")
    assert [e.id for e in courses.find([path], "toy", tell=said.append)] == ["Ada Lovelace_1001"]
    assert said == [f"{path}: an export of Brightspace, 1 submission"]


def test_who_is_left_out_of_a_section_is_named(write_odd_zip):
    names = ["L1/ada.py", "L1/bob.py", "L1/cyd.py@", "L2/dan.py", "L2/eve.py", "fay.py@"]
    said = []
    path = write_odd_zip(names)
    assert [e.id for e in courses.find([path], "toy", tell=said.append)] == ["ada", "bob", "dan", "eve"]
    assert [line.removeprefix(str(path)) for line in said] == [
        "/L1: a folder of submissions, 2 submissions",
        "/L1: left out fay.py: a symbolic link",
        "/L1: left out cyd.py: a symbolic link",
        "/L2: a folder of submissions, 2 submissions",
    ]


def test_who_is_left_out_of_an_export_is_named(write_odd_zip):
    names = ["ada_1001_90001_toy.py", "bob_1002_90002_toy.py", "cyd_1003_90003_toy.py@"]
    said = []
    assert len(courses.find([write_odd_zip(names)], "toy", tell=said.append)) == 2
    assert said[1].endswith("class.zip: left out cyd_1003_90003_toy.py: a symbolic link")


def test_what_is_left_out_of_a_submission_in_a_class_is_a_note_on_it(write_odd_zip):
    said = []
    path = write_odd_zip(["ada/toy.py", "ada/data/", "ada/x.py@", "bob/toy.py@", "bob/notes.txt", "cyd/toy.py"])
    ada, bob, _ = (intake.read_entry(e, "toy") for e in courses.find([path], "toy", tell=said.append))
    assert ada.notes == ("left out ada/x.py: a symbolic link",)
    assert bob.message.endswith("found notes.txt, left out bob/toy.py: a symbolic link")
    assert len(said) == 1


def test_an_empty_clone_has_a_row_and_no_line(write_zip):
    said = []
    courses.find([write_zip(CLONES, "clones.zip")], "toy", tell=said.append)
    assert len(said) == 1


def test_sections_as_folders(write_files):
    files = {"L01/ada.py": RIGHT, "L01/bob.py": SQUARES, "L02/a/toy.py": RIGHT, "L02/bob/toy.py": WRONG}
    found = handed_in(write_files({**files, "L03/quiz.zip": packed(QUIZ)}, "class"))
    assert {i: what for i, (_, _, what) in found.items()} == {
        "a": RIGHT,
        "ada": RIGHT,
        "bob": SQUARES,
        "bob-2": WRONG,
        "lovelace_ada1234": RIGHT,
        "gauß_carl1235": SQUARES,
        "agent_0071236": SQUARES,
    }


def test_exports_of_sections_in_one_folder(write_files):
    found = handed_in(write_files({"L01.zip": packed(QUIZ), "L02.zip": packed(CANVAS)}, "class"))
    assert {"lovelace_ada1234", "lovelaceada_1001", "team_7_1006"} < set(found)


@pytest.mark.parametrize("packing", ["zip", "folder", "tar"])
@pytest.mark.parametrize(
    ("files", "ids"),
    [
        ({"L01/ada/toy.py": RIGHT, "L01/bob/toy.py": RIGHT, "L02/cyd.py": RIGHT, "L02/dan.py": RIGHT}, "ada bob cyd dan"),
        ({"hw/L01/ada/toy.py": RIGHT, "hw/L01/bob/toy.py": RIGHT, "hw/L02/c.py": RIGHT, "hw/L02/d.py": RIGHT}, "ada bob c d"),
        ({"L1.zip": packed({"ada/toy.py": RIGHT, "bob/x.py": RIGHT}), "L2.zip": packed({"c.py": RIGHT, "d.py": RIGHT})}, "ada bob c d"),
        ({"all.zip": packed({"a_11_31_toy.py": RIGHT, "b_12_32_toy.py": RIGHT})}, "a_11 b_12"),
        ({f"L{i}/Ada_{i}1_assignsubmission_file_/toy.py": RIGHT for i in (1, 2)} | {"L1/Bob_9_assignsubmission_file_/x.py": RIGHT, "L2/Cyd_8_assignsubmission_file_/x.py": RIGHT}, "Ada_11 Ada_21 Bob_9 Cyd_8"),
    ],
)  # fmt: skip
def test_sections_are_found_in_archives_too_and_archives_within(write_zip, write_files, tmp_path, packing, files, ids):
    path = write_zip(files, "class.zip") if packing == "zip" else write_files(files, "class")
    if packing == "tar":
        with tarfile.open(tmp_path / "class.tar.gz", "w:gz") as archive:
            archive.add(path, "class")
        path = tmp_path / "class.tar.gz"
    found = handed_in(path)
    assert sorted(found) == ids.split()
    assert {what for _, _, what in found.values()} == {RIGHT}


def test_parts_of_answers_are_no_sections(write_zip):
    files = {f"{s}/part{i}/answer{i}.py": RIGHT for s in ("ada", "bob") for i in (1, 2)}
    assert sorted(handed_in(write_zip(files, "class.zip"))) == ["ada", "bob"]


@pytest.mark.parametrize("word", ["attempt", "intento", "Versuch", "tentative", "poging", "попытка"])
@pytest.mark.parametrize("form", ["{}_x.py", "{}/toy.py"])
def test_blackboards_attempts_in_any_language(write_zip, word, form):
    files = {}
    for user, hour, text in (("s1", 10, WRONG), ("s1", 11, RIGHT), ("s_2", 10, SQUARES)):
        head = f"HW_3_{user}_{word}_2026-11-20-{hour}-00-00"
        files |= {form.format(head): text, f"{head}.txt": f"Nombre: Ada L ({user})\n"}
    assert handed_in(write_zip(files, "a.zip")) == {"s1": ("s1", "Ada L", RIGHT), "s_2": ("s_2", "Ada L", SQUARES)}


def test_blackboards_usernames_may_begin_alike(write_zip):
    heads = [f"HW_3_ada_{user}_attempt_2026-11-20-10-00-00" for user in ("k", "l")]
    files = {f"{head}_toy.py": RIGHT for head in heads} | {f"{heads[1]}.txt": "Name: Ada L (ada_l)\n"}
    assert handed_in(write_zip(files, "a.zip")) == {"ada_k": ("ada_k", "", RIGHT), "ada_l": ("ada_l", "Ada L", RIGHT)}


@pytest.mark.parametrize(
    "times",
    [
        ("1 März, 2026 959", "1 März, 2026 1012"),
        ("28 févr. 2026 09h59", "1 mars 2026 08h00"),
        ("3 de agosto de 2026 959 a.m.", "3 de agosto de 2026 959 p.m."),
        ("2026-11-09 2359", "2026-11-10 0001"),
    ],
)
def test_brightspaces_times_in_any_language(write_zip, times):
    files = {f"1001-77 - Ada L - {time}/toy.py": text for time, text in zip(times, (WRONG, RIGHT), strict=True)}
    path = write_zip({**files, "1002-77 - Bob - 1 x 2026 959/toy.py": SQUARES}, "a.zip")
    assert handed_in(path)["Ada L_1001"][2] == RIGHT
    assert courses.find([path], "toy")[0].metadata.at


@pytest.mark.parametrize(
    "groups",
    [
        ["Tutorium 1"] * 4,
        ["Team 1", "Team 1", "Team 2", "Default group"],
        ["Team-1", "Team-1", "Team-2", "Team-2"],
    ],
)
def test_moodles_download_of_groups_is_joined_to_the_roster_by_name(write_zip, write_files, groups):
    names = ["Ada Lovelace", "Jean-Luc Picard", "Cyd Hop", "Dee Ray"]
    tops = [f"{g}-{n}_{at}_assignsubmission_file_" for at, (g, n) in enumerate(zip(groups, names, strict=True))]
    path = write_zip({f"{top}/toy.py": RIGHT for top in tops}, "a.zip")
    roster = (
        "First name,Last name,ID number\nAda,Lovelace,u1\nJean-Luc,Picard,u2\nCyd,Hop,u3\nDee,Ray,u4\nLuc,Picard,u5\n"
    )
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People(courses.find([path], "toy"), students, None)
    assert people.problems == []
    assert sorted(s.student.ids[0] for s in people.submitters()) == ["u1", "u2", "u3", "u4"]
    assert [s.name for s in people.absent] == ["Luc Picard"]


def test_a_hyphen_in_some_names_is_no_group(write_zip, write_files):
    files = {"Anna-Lena Ray_1_assignsubmission_file_/toy.py": RIGHT, "Bob Hop_2_assignsubmission_file_/toy.py": RIGHT}
    roster = courses.read_roster(write_files({"r.csv": "sid,name\nu1,Lena Ray\nu2,Bob Hop\n"}, "x") / "r.csv")
    people = People(courses.find([write_zip(files, "a.zip")], "toy"), roster, None)
    assert people.problems == ["Anna-Lena Ray_1: not in the roster"]


# --- what is too large to be looked into ---

LARGE = {"ada/toy.py": RIGHT, "ada/data.bin": bytes(10**6), "bob/toy.py": SQUARES}


@pytest.fixture
def write_tar(tmp_path):
    def write(files, name):
        with tarfile.open(tmp_path / name, "w:gz") as archive:
            for each, data in files.items():
                member = tarfile.TarInfo(each)
                content = data if isinstance(data, bytes) else data.encode()
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        return tmp_path / name

    return write


@pytest.fixture
def at_most(monkeypatch):
    """Bound what is held in memory of an archive of a class, and what a tar archive unpacks to."""

    def bound(size):
        monkeypatch.setattr(discovery, "_LIMITS", dataclasses.replace(discovery._LIMITS, packed=size, unpacked=size))

    return bound


def test_a_class_may_unpack_to_more_than_a_submission():
    assert discovery._LIMITS.packed > 2 * IntakeLimits().packed


def test_a_tar_that_is_too_large_for_a_class_is_no_students_submission(write_tar, at_most):
    path = write_tar(LARGE, "class.tar.gz")
    at_most(2 * 10**6)
    assert sorted(handed_in(path)) == ["ada", "bob"]
    at_most(10**6)
    with pytest.raises(
        UsageError, match=r"/class\.tar\.gz: expected at most 0 MiB; found more; if this is a class, unpack it"
    ):
        courses.find([path], "toy")


def test_one_of_several_archives_may_be_too_large(write_tar, write_zip, at_most):
    at_most(10**6)
    said = []
    paths = [write_tar(LARGE, "ada.tgz"), write_zip({"toy.py": RIGHT}, "bob.zip")]
    assert [e.id for e in courses.find(paths, "toy", tell=said.append)] == ["ada", "bob"]
    (line,) = said
    assert "ada.tgz: expected at most 0 MiB; found more; read as one submission: if it is a class, unpack it" in line


@pytest.mark.parametrize("packing", ["zip", "folder"])
@pytest.mark.parametrize("kind", ["zip", "tgz"])
def test_a_section_that_is_too_large_is_no_students_submission(
    write_tar, write_zip, write_files, at_most, packing, kind
):
    first = packed(LARGE) if kind == "zip" else write_tar(LARGE, "x.tgz").read_bytes() + bytes(10**6)
    files = {f"L1.{kind}": first, "L2.zip": packed({"cyd/toy.py": RIGHT, "dan/toy.py": RIGHT})}
    path = write_zip(files, "class.zip") if packing == "zip" else write_files(files, "class")
    at_most(2 * 10**6)
    assert sorted(handed_in(path)) == ["ada", "bob", "cyd", "dan"]
    at_most(10**6)
    if (packing, kind) == ("folder", "zip"):  # of which only the names are held in memory
        assert sorted(handed_in(path)) == ["ada", "bob", "cyd", "dan"]
        return
    with pytest.raises(UsageError, match=rf"L1\.{kind}: expected at most 0 MiB; found more; if this is a class"):
        courses.find([path], "toy")


@pytest.mark.parametrize("packing", ["zip", "folder"])
def test_a_students_archive_that_is_too_large_costs_no_other(write_tar, write_zip, write_files, at_most, packing):
    files = {"ada.tgz": write_tar(LARGE, "x.tgz").read_bytes(), "bob.zip": packed({"toy.py": RIGHT})}
    path = write_zip(files, "class.zip") if packing == "zip" else write_files(files, "class")
    at_most(10**6)
    assert [e.id for e in courses.find([path], "toy")] == ["ada", "bob"]


# --- who handed in what is said by the system, never by what a student names a file ---


def test_a_file_called_like_anothers_changes_nothing_for_the_other(write_zip):
    files = {f"{n}_10000{i}_2000000{i}_toy.py": RIGHT for i, n in enumerate(["ada", "bob", "cyd", "dan"])}
    for forged in (
        "eve_98765_20000099_bob_100001_29999999_toy.py",
        "eve_98765_20000099_100001_29999999_toy.py",
        "eve_98765_20000099_bob_100001_text.html",
        "eve_98765_20000099_anon_100001_29999999_toy.py",
        "bob_100001_98765_20000099_toy.py",
    ):
        found = handed_in(write_zip({**files, forged: WRONG}, "a.zip"))
        assert found["bob_100001"] == ("100001", "bob", RIGHT), forged
        assert len(found) == 5, forged


def test_two_names_of_one_number_are_kept_apart(write_zip):
    files = {
        "ada_100000_20000000_toy.py": RIGHT,
        "bob_100001_20000001_toy.py": RIGHT,
        "eve_100001_20000099_toy.py": WRONG,
    }
    found = courses.find([write_zip(files, "a.zip")], "toy")
    assert {e.id: intake.read_entry(e, "toy").source for e in found} == {
        "ada_100000": RIGHT,
        "bob_100001": RIGHT,
        "eve_100001": WRONG,
    }
    assert [s.ids for e in found[1:] for s in e.metadata.students] == [(), ()]
    assert "appears under several names" in found[2].notes[-1]


METADATA = 'submission_5:\n  :submitters: [{":name": Ada, ":sid": "1001"}]\n'


def test_a_table_inside_a_students_folder_is_the_students(write_files):
    files = {"ada/toy.py": RIGHT, "bob/toy.py": RIGHT, "bob/submission_metadata.yml": METADATA, "cyd/toy.py": RIGHT}
    assert set(handed_in(write_files(files, "class"))) == {"ada", "bob", "cyd"}


@pytest.mark.parametrize(
    "forged",
    [
        {"toy.py": WRONG, "submission_metadata.yml": METADATA, "submission_5/toy.py": WRONG},
        {"toy.py": WRONG, "submission_metadata.yml": METADATA},
        {"ada_1001_90001_toy.py": WRONG},
        {"1/toy.py": WRONG, "1/Ada_1001_assignsubmission_file_/x.txt": ""},
    ],
)
def test_an_archive_beside_single_submissions_is_one_of_them(write_files, write_zip, forged):
    ada = write_files({"ada.py": RIGHT}, "x") / "ada.py"
    said = []
    found = courses.find([ada, write_zip(forged, "bob.zip")], "toy", tell=said.append)
    assert [(e.id, e.metadata) for e in found] == [("ada", None), ("bob", None)]
    assert all("read as one submission" in line for line in said)


def test_an_export_that_can_be_no_submission_is_refused_beside_others(write_files, write_zip):
    ada = write_files({"ada.py": RIGHT}, "x") / "ada.py"
    with pytest.raises(UsageError, match=r"a\.zip: this is an export of Canvas, beside single submissions"):
        courses.find([ada, write_zip(CANVAS, "a.zip")], "toy")


def test_a_name_that_is_anothers_number_takes_no_place(write_files, write_zip):
    files = {"Ada Lovelace_7_assignsubmission_file_/toy.py": RIGHT, "2001_8_assignsubmission_file_/toy.py": WRONG}
    roster = courses.read_roster(write_files({"r.csv": "sid,name\n2001,Ada Lovelace\n7,Bob\n"}, "x") / "r.csv")
    people = People(courses.find([write_zip(files, "a.zip")], "toy"), roster, None)
    assert [(s.submission, s.student.name) for s in people.submitters()] == [
        ("2001_8", "2001"),
        ("Ada Lovelace_7", "Ada Lovelace"),
    ]


# --- odd bytes ---


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("!binary |-\n      QWRhIEzDtnY=", "Ada Löv"),
        ("!!binary QWRh", "Ada"),
        ("!ruby/string Ada", "Ada"),
        ('"\\e[2JAda\\x07"', "[2JAda"),
        ("A\x1bd\x00a", "Ada"),
        ("", ""),
    ],
)
def test_odd_bytes_in_gradescopes_table_are_read(write_zip, name, expected):
    table = (
        f"submission_1: !ruby/hash:Hash\n  :submitters:\n  - :name: {name}\n    :sid: '1'\n  :x: !ruby/object:Set [1]\n"
    )
    path = write_zip({"submission_metadata.yml": table, "submission_1/toy.py": RIGHT}, "a.zip")
    assert handed_in(path)["submission_1"] == ("1", expected, RIGHT)


def test_zeros_before_a_number_of_gradescope_are_kept(write_zip):
    table = "submission_1:\n  :submitters: [{':name': No, ':sid': 00123, ':email': 1e3}]\n  :created_at: 2026-11-20 22:00 Z\n"
    path = write_zip({"submission_metadata.yml": table, "submission_1/toy.py": RIGHT}, "a.zip")
    (entry,) = courses.find([path], "toy")
    assert [(s.ids, s.name) for s in entry.metadata.students] == [(("00123", "1e3"), "No")]
    assert entry.metadata.at == datetime(2026, 11, 20, 22, tzinfo=UTC)


@pytest.mark.parametrize("packing", ["zip", "folder"])
@pytest.mark.parametrize("inner", ["folder", "zip"])
def test_an_export_beside_tables_and_texts(write_zip, write_files, packing, inner):
    export = {"ada_1_91_toy.py": RIGHT, "bob_2_92_toy.py": SQUARES}
    files = {"all.zip": packed(export)} if inner == "zip" else {f"all/{name}": data for name, data in export.items()}
    files |= {"gradebook.csv": "Student,ID", "notes.txt": "x"}
    path = write_zip(files, "class.zip") if packing == "zip" else write_files(files, "class")
    found = handed_in(path)
    assert {i: found[i] for i in ("ada_1", "bob_2")} == {"ada_1": ("1", "ada", RIGHT), "bob_2": ("2", "bob", SQUARES)}
    assert {i: what for i, (_, _, what) in found.items() if i not in {"ada_1", "bob_2"}} == {
        "gradebook": "empty",
        "notes": "empty",
    }


def test_the_clock_of_the_system_is_the_clock_of_the_time_due(write_zip):
    (entry,) = [e for e in courses.find([write_zip(BLACKBOARD, "a.zip")], "toy") if e.id == "s1001"]
    policy = LatePolicy("hour", 10, due=datetime(2026, 11, 20, 10, 30, tzinfo=UTC))
    assert policy.units(entry.metadata) == 1


def test_gradescope_beside_anything_else_is_no_export(write_files):
    files = {name.removeprefix("assignment_77_export/"): data for name, data in GRADESCOPE.items() if "MAC" not in name}
    assert len(courses.find([write_files(files, "a")], "toy")) == 3
    with_more = courses.find([write_files({**files, "toy.py": RIGHT}, "b")], "toy")
    assert all(e.metadata is None for e in with_more)


WORDS = [
    "ada",
    "Ada Lovelace",
    "1001",
    "90001",
    "7",
    "LATE",
    "anon",
    "text.html",
    "question",
    "attempt",
    "toy.py",
    "x.zip",
]
WORDS += [
    "2026-11-20-10-00-00",
    "assignsubmission",
    "file",
    "ada@x.edu",
    "1001-77",
    "Nov 20, 2026 1159 PM",
    "\u0661",
    "",
]
NAMES = st.lists(
    st.tuples(
        st.sampled_from(["_", " - ", "-"]), st.lists(st.sampled_from(WORDS), max_size=7), st.sampled_from(["", "/a.py"])
    ),
    min_size=1,
    max_size=6,
)


@given(NAMES)
@settings(max_examples=300, deadline=None)
def test_any_names_give_each_file_to_one_submission_at_most(drawn):
    names = [
        n for n in dict.fromkeys(mark.join(words) + end for mark, words, end in drawn) if n.strip("/") and n[0] != "/"
    ]
    top = list(dict.fromkeys(n.partition("/")[0] + n.partition("/")[1] for n in names))
    for system in SYSTEMS:
        if not (top and system.recognises(top)) or system.name == "Gradescope":
            continue
        found = system.submissions(Export("x", names, top, lambda *_: b""))
        files = [inner for s in found for inner in s.files.values()]
        assert len(files) == len(set(files))
        assert set(files) <= set(names)
        assert all(s.files or s.metadata.typed for s in found)


LONG = [
    *("1-1 - " + "a 2026 " * 9000 + "x", "1-1 - x - " + "a 2026 " * 9000 + "x", "1-1 - x" + " - 2026 1" * 7000),
    *("1-1 - x - Nov 20, 2026 1159 PM - " + "1-1 - x - 2026 1 - " * 3000, "a@b_" + "9" * 60_000 + "_x.py"),
    *(
        "ada_1_2_" + "9" * 60_000 + "_x.py",
        "0_question_1" * 5000,
        "HW_3_s9" + "_a" * 30_000 + "_2026-11-20-10-00-00.txt",
    ),
    *("a_1_assignsubmission_file_" * 2000, "anon_" * 12_000, "a_1" * 20_000, "1_" * 30_000 + "x.py"),
]
USUAL = {
    "Moodle": MOODLE,
    "Blackboard": BLACKBOARD,
    "Brightspace": BRIGHTSPACE,
    "Autolab": AUTOLAB,
    "Canvas quiz": QUIZ,
}
USUAL["Canvas"] = {f"ada{i}_100{i}_9000{i}_toy.py": RIGHT for i in range(4)}


@pytest.mark.parametrize("system", [s for s in SYSTEMS if s.name in USUAL], ids=lambda system: system.name)
def test_a_long_name_takes_no_time_and_decides_nothing_for_the_class(system):
    usual = USUAL[system.name]
    known = {s.id for s in system.submissions(Export("x", list(usual), list(usual), lambda *_: b""))}
    for name in LONG:
        for names in ([*usual, name], [*usual, f"{name}/toy.py"]):
            top = list(dict.fromkeys(n.partition("/")[0] + n.partition("/")[1] for n in names))
            start = time.process_time()
            assert system_of(top) is system
            assert known <= {s.id for s in system.submissions(Export("x", names, top, lambda *_: b""))}
            assert time.process_time() - start < 1, name[:40]


@pytest.mark.parametrize(
    ("kind", "name", "identity", "number"),
    [
        ("canvas", "mueller_LATE_126_99999_{}.py", "mueller_126", "126"),
        ("canvas quiz", "mueller126_question_8801_55502_{}.py", "mueller126", "126"),
        ("brightspace without folders", "1003-77 - M M - Nov 20, 2026 1159 PM - {}.py", "M M_1003", "1003"),
        ("autolab", "m@example.edu_1_{}.py", "m@example.edu", "m@example.edu"),
        ("moodle without folders", "M M_1004_assignsubmission_file_{}.py", "M M_1004", "1004"),
    ],
)
def test_a_long_name_of_a_file_is_the_students_all_the_same(write_zip, kind, name, identity, number):
    usual = CANVAS if kind == "canvas" else EXPECTED[kind][0]
    long = "answer " * 60
    entries = courses.find([write_zip({**usual, name.format(long): RIGHT}, "a.zip")], "toy")
    (entry,) = [e for e in entries if e.id == identity]
    assert entry.metadata.students[0].ids[0] == number
    assert entry.metadata.late == (kind == "canvas")
    assert list(entry.part.files) == [f"{long}.py"]


# --- letters that are more than one character ---


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_canvas_names_with_marks_are_canvas_own(write_files, form):
    files = {
        "\u0936\u0930\u094d\u092e\u093e\u0905\u092e\u093f\u0924_LATE_123_4567_toy.py": RIGHT,
        "zo\u00ebm\u00fcller_124_4568_toy-1.py": RIGHT,
        "zo\u00ebm\u00fcller_124_4569_toy-2.py": SQUARES,
    }
    folder = write_files({unicodedata.normalize(form, name): text for name, text in files.items()}, "a")
    zoe, amit = courses.find([folder], "toy")
    assert (zoe.id, zoe.metadata.students[0].ids, zoe.metadata.late) == ("zo\u00ebm\u00fcller_124", ("124",), False)
    assert (amit.metadata.students[0].ids, amit.metadata.late) == (("123",), True)
    assert list(zoe.part.files) == ["toy.py"]
    roster = 'id,name\nu1,"M\u00fcller, Zo\u00eb"\nu2,"\u0936\u0930\u094d\u092e\u093e, \u0905\u092e\u093f\u0924"\n'
    students = courses.read_roster(write_files({"r.csv": roster}, "x") / "r.csv")
    people = People([zoe, amit], students, None)
    assert [s.student.ids[0] for s in people.submitters()] == ["u1", "u2"]


QUIZ_NAMES = {
    "hopper_grace998": ("998", "hopper grace"),
    "turing_alan1001": ("1001", "turing alan"),
    "mller_zo1002": ("1002", "mller zo"),
    "1003": ("1003", ""),
    "wang_10004": ("10004", "wang"),
    "agent_0071236": ("1236", "agent 007"),
    "eve1005": ("1005", "eve"),
}


def test_numbers_of_a_quiz_may_have_any_length(write_zip, write_files):
    files = {f"{sender}_question_88_{at}_toy.py": RIGHT for at, sender in enumerate(QUIZ_NAMES)}
    path = write_zip(files, "quiz.zip")
    assert {i: found[:2] for i, found in handed_in(path).items()} == QUIZ_NAMES
    # Eve's number is 5, and she calls herself Eve100: she does not take the place of Bob, whose number is 1005.
    gradebook = "Student,ID,SIS User ID,SIS Login ID,Section,toy (1)\n    Points Possible,,,,,10\n" + "".join(
        f'"{name}",{number},,,,\n'
        for name, number in (
            ("Hopper, Grace", 998),
            ("Turing, Alan", 1001),
            ("Müller, Zoë", 1002),
            ("Bob", 1005),
            ("Eve", 5),
        )
    )
    book = open_gradebook(write_files({"g.csv": gradebook}, "x") / "g.csv", ["toy"])
    matched, _ = book.match(People(courses.find([path], "toy"), [], None).submitters())
    assert {book.rows[at][1]: s.submission for at, s in matched.items()} == {
        "998": "hopper_grace998",
        "1001": "turing_alan1001",
        "1002": "mller_zo1002",
        "5": "eve1005",
    }


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_quiz_names_with_marks_are_canvas_own(write_files, form):
    files = {
        "m\u00fcller_zo\u00eb1234_question_88_551_toy.py": RIGHT,
        "\u0905\u092e\u093f1235_question_88_552_toy.py": SQUARES,
    }
    folder = write_files({unicodedata.normalize(form, name): text for name, text in files.items()}, "a")
    assert handed_in(folder) == {
        "m\u00fcller_zo\u00eb1234": ("1234", "m\u00fcller zo\u00eb", RIGHT),
        "\u0905\u092e\u093f1235": ("1235", "\u0905\u092e\u093f", SQUARES),
    }


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_brightspaces_months_with_marks_are_understood(write_files, form):
    files = {
        f"1001-77 - Ada - {t} 2026 09h59/toy.py": text for t, text in (("28 f\u00e9vr.", WRONG), ("1 mars", RIGHT))
    }
    folder = write_files({unicodedata.normalize(form, name): text for name, text in files.items()}, "a")
    assert handed_in(folder)["Ada_1001"][2] == RIGHT
