"""The output folder: what is on disk is whole, and a second run goes on where the first one stopped."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.batch import JOURNAL, Output, key_of, process_grader
from autograder.batch.journal import Options, Origin
from autograder.batch.process_grader import grade_here
from autograder.grade.fingerprint import fingerprint
from autograder.model.errors import UsageError
from autograder.model.status import failed, not_graded
from autograder.model.submission import Submission, Unreadable
from autograder.report import results_json, table
from autograder.report.files import write_atomically

QUESTIONS = ("double", "weigh")


@pytest.fixture
def open_output(tmp_path):
    return lambda assignment="toy", questions=QUESTIONS: Output(tmp_path / "out", assignment, questions)


def lines(output):
    return (output.folder / JOURNAL).read_text().splitlines()


def grades(output):
    with (output.folder / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


# --- writing ---


def test_a_result_is_on_disk_when_its_journal_line_is(open_output, result):
    output = open_output()
    output.keep(result, "k1")
    assert results_json.from_results(json.loads((output.folder / "results" / "ada.json").read_text())) == result
    assert json.loads(lines(output)[1]) == {
        "id": "ada",
        "key": "k1",
        "score": 8,
        "max_score": 10,
        "status": ["graded", ""],
        "scores": [2, 6],
        "path": "",
        "listing": "",
        "metadata": None,
    }


def test_the_table_holds_who_handed_in_sorted(open_output, result):
    output = open_output()
    for name in ("zoe", "ada", "gone"):
        output.keep(replace(result, id=name), name)
    rows = output.finish([output.rows["zoe"], output.rows["ada"]])
    assert [r.submission for r in rows] == ["ada", "zoe"]
    assert [r["submission"] for r in grades(output)] == ["ada", "zoe"]


def test_no_draft_is_left_behind(open_output, result):
    output = open_output()
    output.keep(result, "k")
    output.finish(output.rows.values())
    assert sorted(p.name for p in output.folder.rglob("*")) == ["ada.json", "grades.csv", JOURNAL, "results"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "f"
    write_atomically(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new \udcff")
    assert path.read_text() == "old"

    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_result_that_cannot_be_written_has_no_journal_line(open_output, result):
    output = open_output()
    shutil.rmtree(output.folder / "results")
    with pytest.raises(UsageError, match=r"ada\.json: cannot be written: .*; what is there is kept"):
        output.keep(result, "k")
    assert len(lines(output)) == 1


@pytest.mark.parametrize(
    "note",
    [
        lambda output: output.confirm("ada", Origin("elsewhere")),
        lambda output: output.withdraw("ada"),
        lambda output: output.remember(Options("roster.csv")),
    ],
    ids=["confirm", "withdraw", "remember"],
)
def test_a_journal_that_cannot_be_written_is_named(open_output, result, monkeypatch, note):
    output = open_output()
    output.keep(result, "k")

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(UsageError, match=r"journal\.jsonl: cannot be written: No space left on device; what is there"):
        note(output)
    assert output.state.graded.keys() == {"ada"}


# --- going on ---


def test_a_second_run_knows_what_was_kept(open_output, result):
    open_output().keep(result, "k1")
    again = open_output()
    assert again.keys == {"ada": "k1"}
    assert again.rows == {"ada": table.row(result)}
    assert again.finish(again.rows.values()) == [table.row(result)]


def test_the_last_of_two_results_counts(open_output, result):
    output = open_output()
    output.keep(result, "k1")
    output.keep(replace(result, status=failed("import error")), "k2")
    again = open_output()
    assert again.keys == {"ada": "k2"}
    assert again.rows["ada"].status == failed("import error")


def test_what_was_not_graded_is_tried_again(open_output, result):
    open_output().keep(replace(result, status=not_graded("disk full")), "k1")
    again = open_output()
    assert again.keys["ada"] != "k1"
    assert again.rows["ada"].score is None


@pytest.mark.parametrize("torn", range(1, 200, 7))
def test_a_torn_last_line_costs_that_line_only(open_output, result, torn):
    output = open_output()
    output.keep(replace(result, id="ada"), "k1")
    whole = (output.folder / JOURNAL).read_bytes()
    output.keep(replace(result, id="bob"), "k2")
    text = (output.folder / JOURNAL).read_bytes()
    (output.folder / JOURNAL).write_bytes(text[: min(len(whole) + torn, len(text))])
    again = open_output()
    assert again.keys["ada"] == "k1"
    again.keep(replace(result, id="cyd"), "k3")
    last = open_output()
    assert {**last.keys, "bob": "k2"} == {"ada": "k1", "bob": "k2", "cyd": "k3"}


def test_a_line_that_lacks_only_its_end_is_not_run_together_with_the_next(open_output, result):
    output = open_output()
    output.keep(replace(result, id="ada"), "k1")
    journal = output.folder / JOURNAL
    journal.write_text(journal.read_text().removesuffix("\n"))
    open_output().keep(replace(result, id="bob"), "k2")
    assert open_output().keys == {"ada": "k1", "bob": "k2"}


@pytest.mark.parametrize("line", ["", "{}", '{"id": "x"}', "[1]", "null", "garbage", "\x00\x00"])
def test_a_line_that_is_no_entry_is_passed_over(open_output, result, line):
    output = open_output()
    output.keep(result, "k1")
    with (output.folder / JOURNAL).open("a") as file:
        file.write(line + "\n")
    output.keep(replace(result, id="bob"), "k2")
    assert open_output().keys == {"ada": "k1", "bob": "k2"}


def test_other_questions_than_before_keep_no_row(open_output, result):
    open_output().keep(result, "k1")
    changed = open_output(questions=("double", "weigh", "third"))
    assert (changed.keys, changed.rows) == ({}, {})
    changed.keep(replace(result, questions=(*result.questions, result.questions[1])), "k2")
    assert open_output(questions=("double", "weigh", "third")).keys == {"ada": "k2"}


# --- a folder of something else ---


def test_results_of_another_assignment_are_named(open_output, result):
    open_output("naive_bayes").keep(result, "k")
    with pytest.raises(UsageError, match=r"out: expected results of toy; found naive_bayes; choose another --out"):
        open_output("toy")


@pytest.mark.parametrize("journal", ["hello\n", "[]\n", '{"a": 1}\n'], ids=["text", "list", "table"])
def test_a_journal_that_is_not_ours_is_named(open_output, tmp_path, journal):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / JOURNAL).write_text(journal)
    with pytest.raises(UsageError, match="out: expected results of toy; found"):
        open_output()
    assert (tmp_path / "out" / JOURNAL).read_text() == journal


@pytest.mark.parametrize("length", [0, 1, 20])
def test_a_journal_that_was_only_begun_is_begun_again(open_output, result, length):
    output = open_output()
    text = (output.folder / JOURNAL).read_text()
    (output.folder / JOURNAL).write_text(text[:length])
    open_output().keep(result, "k")
    assert lines(output)[0] + "\n" == text
    assert open_output().keys == {"ada": "k"}


def test_a_result_that_is_gone_from_the_disk_is_graded_again(open_output, result):
    output = open_output()
    output.keep(result, "k")
    (output.folder / "results" / "ada.json").unlink()
    assert open_output().keys == {}


def test_drafts_of_a_killed_command_are_removed(open_output, result):
    output = open_output()
    for name in (".grades.csv.77.part", "results/.ada.json.77.part"):
        (output.folder / name).write_text("{")
    open_output().keep(result, "k")
    assert not list(output.folder.rglob("*.part"))


def test_two_commands_cannot_write_to_one_folder(open_output, tmp_path, python):
    other = """
        import sys
        from pathlib import Path
        from autograder.batch import Output
        from autograder.model.errors import UsageError
        try:
            Output(Path(sys.argv[1]), "toy", ("double", "weigh"))
        except UsageError as error:
            print(error)
    """
    output = open_output()
    assert "out: another command writes to this folder; wait for it" in python(other, str(tmp_path / "out"))
    output.close()
    assert python(other, str(tmp_path / "out")) == ""


@pytest.mark.parametrize("name", ["thesis.tex", "grades.csv", "results/ada.json"])
def test_a_folder_of_other_things_is_left_alone(open_output, tmp_path, name):
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("precious")
    with pytest.raises(UsageError, match="out: expected an empty folder or earlier results of toy; found"):
        open_output()
    assert path.read_text() == "precious"
    assert not (tmp_path / "out" / JOURNAL).exists()


def test_a_file_is_no_output_folder(open_output, tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="out: cannot be used as output folder"):
        open_output()


def test_an_empty_folder_will_do(open_output, tmp_path):
    (tmp_path / "out").mkdir()
    assert open_output().keys == {}


# --- keys ---

ADA = Submission("ada", "def double(z): ...", {"helper": "x = 1"}, "ada.py", ("1 magic left out",))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "bob"},
        {"source": "def double(z):  ..."},
        {"helpers": {"helper": "x = 2"}},
        {"helpers": {}},
        {"notes": ()},
    ],
    ids=str,
)
def test_another_submission_has_another_key(change):
    assert key_of("c", ADA) == key_of("c", replace(ADA))
    assert key_of("c", replace(ADA, **change)) != key_of("c", ADA)


def test_other_checks_make_another_key():
    assert key_of("c", ADA) != key_of("d", ADA)


def test_unreadable_and_undecodable_submissions_have_keys_too():
    keys = {
        key_of("c", one)
        for one in (
            Unreadable("a", failed("unreadable"), "x"),
            Unreadable("a", failed("empty"), "x"),
            Submission("a", "caf\udce9"),
            Submission("a", "caf"),
        )
    }
    assert len(keys) == 4


@pytest.mark.parametrize(
    "name", ["tests/double.py", "tests/double.json", "tests/contract.toml", "toy.py", "misconceptions/double.py"]
)
def test_a_change_of_what_grades_depend_on_is_seen(toy, name):
    before = fingerprint(toy)
    assert fingerprint(toy) == before
    with (toy / name).open("a") as file:
        file.write("\n")
    assert fingerprint(toy) != before


@pytest.mark.parametrize("name", ["class/ada.py", "wheats/loop.py", "README.md", "tests/__pycache__/double.py"])
def test_a_change_of_something_else_is_not(toy, name):
    before = fingerprint(toy)
    (toy / name).parent.mkdir(exist_ok=True)
    with (toy / name).open("a") as file:
        file.write("# more\n")
    assert fingerprint(toy) == before


def test_a_renamed_file_is_a_change(toy):
    before = fingerprint(toy)
    (toy / "misconceptions" / "double.py").rename(toy / "misconceptions" / "weigh.py")
    assert fingerprint(toy) != before


@pytest.mark.parametrize("parent", ["class", "wheats", "plain"])
def test_the_engine_is_part_of_it_wherever_it_is_installed(toy, tmp_path, monkeypatch, parent):
    engine = tmp_path / "a" / "long" / "way" / "to" / parent / "autograder"
    engine.mkdir(parents=True)
    (engine / "batch.py").write_text("1")
    monkeypatch.setattr("autograder.grade.fingerprint.ENGINE", engine)
    before = fingerprint(toy)
    (engine / "batch.py").write_text("2")
    assert fingerprint(toy) != before


# --- one submission ---


class Failing:
    """A grader with a bug."""

    def grade(self, submission):
        return {}["oops"]

    def not_graded(self, submission, why):
        return (submission.id, why)


def test_a_bug_of_ours_costs_one_submission_and_is_seen(monkeypatch):
    monkeypatch.setitem(process_grader._graders, ("toy", False), Failing())
    identity, why = grade_here("toy", ADA)
    assert identity == "ada"
    assert why.startswith("internal error: KeyError: 'oops' (test_output.py:")


def test_an_error_that_a_person_can_mend_ends_the_run(monkeypatch):
    class Stopped(Failing):
        def grade(self, submission):
            raise UsageError("no disk")

    monkeypatch.setitem(process_grader._graders, ("toy", False), Stopped())
    with pytest.raises(UsageError, match="no disk"):
        grade_here("toy", ADA)
