"""A class over several commands: who is in it, what stays, what is said."""

from __future__ import annotations

import csv
import importlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.batch import resources
from autograder.batch.grade_class import EarlierResult, Exchange, GradingStart, NewResult, Problem, Withdrawal
from autograder.batch.journal import Origin, ResultEntry
from autograder.batch.members import Members
from autograder.batch.output import Output
from autograder.intake import Entry
from autograder.model.errors import UsageError
from autograder.model.limits import MIB, Limits
from autograder.model.people import Student, SubmissionMetadata
from autograder.model.status import GRADED, not_graded
from autograder.report.table import Row

grading = importlib.import_module("autograder.batch.grade_class")
pytestmark = pytest.mark.usefixtures("quick_sandboxes")


@pytest.fixture
def handed_in(toy, tmp_path):
    """A class folder beside the master copy."""
    return shutil.copytree(toy / "class", tmp_path / "handed in")


@pytest.fixture
def grade(toy, tmp_path, monkeypatch):
    """Grade into one folder; the rows by id and the events."""
    monkeypatch.setattr(grading, "fingerprint", lambda _: "the same checks")

    def grade(*paths, **options):
        events = []
        options = {"jobs": 1, "listen": events.append, **options}
        grades = grading.grade_class(toy, paths, tmp_path / "out", **options)
        return {row.submission: row for row in grades.rows}, events, grades

    return grade


def scores(rows):
    return {identity: row.score for identity, row in rows.items()}


def written(tmp_path):
    with (tmp_path / "out" / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        return [row["submission"] for row in csv.DictReader(file)]


def test_events_tell_how_it_goes(grade, handed_in):
    _, events, _ = grade(handed_in)
    assert isinstance(events[0], GradingStart)
    assert (events[0].assignment, events[0].submissions) == ("toy", 3)
    assert sorted(e.result.id for e in events[1:]) == ["ada", "bob", "cyd"]
    _, events, _ = grade(handed_in)
    assert events[1:] == [EarlierResult("ada"), EarlierResult("bob"), EarlierResult("cyd")]


def test_a_table_of_the_class_is_not_made_for_each_submission(grade, handed_in, monkeypatch):
    """Or a class of n would take n² steps."""
    made = []
    for name in ("keys", "rows"):
        table = getattr(Output, name).fget
        monkeypatch.setattr(Output, name, property(lambda self, table=table: (made.append(1), table(self))[1]))
    for count in (3, 12):
        for number in range(count):
            shutil.copy(handed_in / "cyd.py", handed_in / f"copy_{number}.py")
        grade(handed_in)
    assert len(made) <= 2 * 3  # in each of the two commands: the keys at the start, the rows at the end


# --- merging ---


def test_one_path_is_merged_into_the_class(grade, handed_in, tmp_path):
    grade(handed_in)
    shutil.copy(handed_in / "ada.py", handed_in / "bob.py")
    rows, events, _ = grade(handed_in / "bob.py")
    assert scores(rows) == {"ada": 10, "bob": 10, "cyd": 0}
    assert written(tmp_path) == ["ada", "bob", "cyd"]
    assert [e.result.id for e in events if isinstance(e, NewResult)] == ["bob"]


def test_one_path_keeps_the_name_that_it_had_beside_others(grade, handed_in):
    (handed_in / "ada.ipynb").write_text('{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}')
    first, _, _ = grade(handed_in)
    rows, events, _ = grade(handed_in / "ada.py")
    assert set(rows) == set(first) == {"ada.py", "ada.ipynb", "bob", "cyd"}
    assert events[1:] == [EarlierResult("ada.py")]


def test_another_folder_is_added(grade, handed_in, tmp_path):
    grade(handed_in)
    other = tmp_path / "section 2"
    other.mkdir()
    shutil.copy(handed_in / "ada.py", other / "eve.py")
    rows, _, _ = grade(other)
    assert set(rows) == {"ada", "bob", "cyd", "eve"}


def test_the_roster_and_the_policy_of_an_earlier_run_are_used_again(grade, handed_in, tmp_path):
    (tmp_path / "students.csv").write_text("id,name\nada,Ada\nbob,Bob\ncyd,Cyd\nzoe,Zoe\n")
    (tmp_path / "late.toml").write_text('per = "day"\npercent = 10\n')
    first, _, _ = grade(handed_in, exchange=Exchange(tmp_path / "students.csv", tmp_path / "late.toml"))
    again, _, _ = grade(handed_in / "ada.py")
    assert again == first
    assert {row.name for row in again.values()} == {"Ada", "Bob", "Cyd", "Zoe"}
    assert again["ada"].penalty == 0


# --- withdrawn ---


def test_what_was_withdrawn_is_named_and_removed(grade, handed_in, tmp_path):
    grade(handed_in)
    (tmp_path / "out" / "feedback").mkdir()
    for name in ("ada", "bob"):
        (tmp_path / "out" / "feedback" / f"{name}.html").write_text("page")
    (handed_in / "bob.py").unlink()
    rows, events, _ = grade(handed_in)
    assert [e for e in events if isinstance(e, Withdrawal)] == [Withdrawal("bob")]
    assert set(rows) == {"ada", "cyd"}
    assert written(tmp_path) == ["ada", "cyd"]
    assert sorted(p.name for p in (tmp_path / "out" / "results").iterdir()) == ["ada.json", "cyd.json"]
    assert [p.name for p in (tmp_path / "out" / "feedback").iterdir()] == ["ada.html"]
    assert not [e for e in grade(handed_in)[1] if isinstance(e, Withdrawal)]


def test_an_export_that_was_made_anew_takes_the_place_of_the_earlier_one(grade, handed_in, tmp_path):
    grade(handed_in)
    later = shutil.copytree(handed_in, tmp_path / "exported on Friday")
    (later / "cyd.py").unlink()
    rows, events, _ = grade(later)
    assert set(rows) == {"ada", "bob"}
    assert [e for e in events if isinstance(e, Withdrawal)] == [Withdrawal("cyd")]


def test_files_of_one_name_keep_their_results_when_another_is_handed_in(grade, toy, tmp_path):
    source = (toy / "toy.py").read_text()
    for name in ("ada", "bob", "cyd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "toy.py").write_text(f"{source}\n# {name}\n")
    bob, cyd, ada = (tmp_path / name / "toy.py" for name in ("bob", "cyd", "ada"))
    assert set(grade(bob, cyd)[0]) == {"toy.py", "toy.py-2"}
    rows, _, _ = grade(ada, bob, cyd)
    assert set(rows) == {"toy.py", "toy.py-2", "toy.py-3"}
    sources = {p.stem: p.read_text().splitlines()[-1] for p in (tmp_path / "out" / "sources").iterdir()}
    assert sources == {"toy.py": "# bob", "toy.py-2": "# cyd", "toy.py-3": "# ada"}


def test_what_another_command_graded_meanwhile_is_not_lost(grade, handed_in, tmp_path, monkeypatch):
    grade(handed_in / "ada.py")
    commands = [lambda: grade(handed_in / "bob.py")]

    def fingerprint(_):
        if commands:
            commands.pop()()
        return "the same checks"

    monkeypatch.setattr(grading, "fingerprint", fingerprint)
    with pytest.raises(UsageError, match=r"out: another command has written to this folder meanwhile; run this one"):
        grade(handed_in / "cyd.py")
    assert written(tmp_path) == ["ada", "bob"]
    assert set(grade(handed_in / "cyd.py")[0]) == {"ada", "bob", "cyd"}


def test_one_student_in_two_sections_withdraws_nobody():
    row = Row("", 1, 1, GRADED, (1,))
    earlier = {
        name: ResultEntry(replace(row, submission=name), "k", Origin(f"/one/{name}.py", "/one"))
        for name in ("ada", "bob", "cyd")
    }
    found = [Entry(Path(f"/two/{name}.py"), name) for name in ("ada", "eve")]
    members = Members(found, [Path("/two")], earlier)
    assert members.withdrawn == []
    assert [e.id for e in members.all] == ["ada", "bob", "cyd", "eve"]


def test_one_path_in_place_of_a_submission_of_an_export_is_of_the_same_students():
    row = Row("", 1, 1, GRADED, (1,))
    ada = SubmissionMetadata((Student(("1", "ada@u.edu"), "Ada"),), late=True, system="Gradescope")
    earlier = {"submission_1": ResultEntry(replace(row, submission="submission_1"), "k", Origin("", "/export", ada))}
    members = Members(
        [Entry(Path("/again/submission_1.py"), "submission_1")], [Path("/again/submission_1.py")], earlier
    )
    assert [e.metadata for e in members.all] == [ada]
    assert members.origins["submission_1"] == Origin("/again/submission_1.py", "/export", ada)
    members = Members([Entry(Path("/export/submission_2"), "submission_2")], [Path("/export")], earlier)
    assert members.withdrawn == ["submission_1"]


# --- our own faults ---


def test_a_result_without_a_score_takes_the_place_of_none_that_has_one(grade, handed_in, tmp_path, monkeypatch):
    before, _, _ = grade(handed_in)
    text = (tmp_path / "out" / "results" / "ada.json").read_text()
    monkeypatch.setattr(
        grading,
        "run",
        lambda _, submissions, give_up: ((one, give_up(one, "disk full")) for one in submissions),
    )
    rows, _, grades = grade(handed_in / "ada.py", regrade=True)
    assert rows == before
    assert (tmp_path / "out" / "results" / "ada.json").read_text() == text
    assert [(r.id, r.status) for r in grades.not_graded] == [("ada", not_graded("disk full"))]
    assert {i: row.score for i, row in grades.kept.items()} == {"ada": 10}
    (handed_in / "eve.py").write_text("x = 1")
    rows, _, grades = grade(handed_in)
    assert rows["eve"].status == not_graded("disk full")
    assert grades.kept == {}


@pytest.mark.parametrize("wrong", ["roster", "late", "canvas_gradebook"])
def test_a_command_that_is_refused_leaves_nothing_behind(grade, handed_in, tmp_path, wrong):
    (tmp_path / "wrong").write_text("nothing of that kind\n")
    with pytest.raises(UsageError):
        grade(handed_in, exchange=Exchange(**{wrong: tmp_path / "wrong"}))
    assert not (tmp_path / "out").exists()


def test_a_folder_of_other_things_stays_as_it_is(grade, handed_in, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match=r"found thesis\.tex"):
        grade(handed_in)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["thesis.tex"]


# --- the machine ---


def test_without_shared_semaphores_it_grades_over_pipes(grade, handed_in, tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(resources, "has_semaphores", lambda: False)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "autograder.py").write_text("raise ImportError('another copy')")
    monkeypatch.chdir(tmp_path / "elsewhere")
    rows, events, _ = grade(handed_in)
    assert scores(rows) == {"ada": 10, "bob": 6, "cyd": 0}
    assert any(isinstance(e, Problem) and "/dev/shm" in e.text for e in events)
    assert "Warning" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("files", "left"),
    [
        ({}, None),
        ({"proc/meminfo": "MemTotal: 9 kB\nMemAvailable:   2048 kB\n"}, 2 * MIB),
        (
            {
                "proc/meminfo": "MemAvailable:   20480 kB\n",
                "proc/self/cgroup": "0::/a/b\n",
                "sys/fs/cgroup/a/b/memory.max": "max\n",
                "sys/fs/cgroup/a/b/memory.current": "5\n",
                "sys/fs/cgroup/a/memory.max": str(4 * MIB),
                "sys/fs/cgroup/a/memory.current": str(MIB),
            },
            3 * MIB,
        ),
        (
            {
                "proc/self/cgroup": "3:cpu:/x\n2:memory:/docker/1\n",
                "sys/fs/cgroup/memory/memory.limit_in_bytes": str(8 * MIB),
                "sys/fs/cgroup/memory/memory.usage_in_bytes": str(9 * MIB),
            },
            0,
        ),
    ],
    ids=["nothing known", "machine", "a group above", "a container of version 1, full"],
)
def test_memory_that_is_left(tmp_path, files, left):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert resources.memory_left(tmp_path) == left


def test_there_are_no_more_processes_than_memory_for_them():
    limits = Limits(memory=1024 * MIB)
    assert resources.most_processes(limits, None) is None
    assert resources.most_processes(limits, 0) == 1
    assert resources.most_processes(limits, 6000 * MIB) == 4


def test_fewer_processes_than_asked_for_are_said_so(grade, handed_in, monkeypatch):
    monkeypatch.setattr(resources, "memory_left", lambda: MIB)
    monkeypatch.setattr(resources, "most_processes", lambda *_: 1)
    _, events, _ = grade(handed_in, jobs=2)
    assert any(
        isinstance(e, Problem) and e.text.startswith("memory for 1 grading processes, not for 2") for e in events
    )


def test_what_is_too_few_for_grading_is_known(monkeypatch):
    class Context:
        made = 0

        def Lock(self):  # noqa: N802  (the name in multiprocessing)
            self.made += 1
            if self.made > 2:
                raise OSError(28, "No space left on device")
            return object()

    assert resources.too_few_open_files() is None
    monkeypatch.setattr(resources.multiprocessing, "get_context", lambda _: Context())
    assert not resources.has_semaphores()
    monkeypatch.setattr("resource.getrlimit", lambda _: (20, 20))
    assert resources.too_few_open_files() == 20
