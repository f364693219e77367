"""The command line: help, exit codes, and one clear message for everything that goes wrong."""

from __future__ import annotations

import csv
import importlib
import json
import os
import re
import shlex
from pathlib import Path

import click
import pytest

from autograder import cli
from autograder.batch.grade_class import ClassGrades
from autograder.cli import COMMANDS, demo
from autograder.cli import cli as group
from autograder.cli.common import StudentFolder, find_student_folder, master
from autograder.cli.progress import Progress
from autograder.cli.screen import echo, open_streams
from autograder.model.errors import AuthoringError, InfrastructureError, UsageError
from autograder.model.result import SubmissionResult
from autograder.model.status import GRADED, for_a_person, not_graded
from autograder.report.table import Row

pytestmark = pytest.mark.usefixtures("quick_sandboxes")


@pytest.fixture
def run(monkeypatch, capsys):
    """Call the command line as a shell would; its exit code, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["autograder", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        captured = capsys.readouterr()
        return stop.value.code, captured.out, captured.err

    return run


@pytest.fixture
def stopping(monkeypatch):
    """Let ``autograder doctor`` end in an error."""

    def stop(error):
        def body():
            raise error

        monkeypatch.setattr(importlib.import_module("autograder.cli.doctor").command, "callback", body)

    return stop


# --- help ---


def test_help_lists_every_command(run):
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    listed = re.findall(r"^  (\w+)  ", out.partition("Commands:")[2], flags=re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_says_what_it_does_with_an_example(run, name):
    code, out, _ = run(name, "--help")
    assert code == 0
    assert re.match(rf"Usage: .*autograder {name} ", out)
    example = out.partition("Example:\n")[2].strip()
    program, command, *arguments = shlex.split(example)
    assert (program, command) == ("autograder", name)
    context = group.get_command(None, name).make_context(name, arguments)
    assert context.params is not None, "the example is a valid call"
    assert run(name, "-h") == (0, out, "")


def test_a_command_that_was_called_by_itself_knows_the_same_options(run):
    """click keeps the help option of the first call, which need not come from the command line."""
    command = group.get_command(None, "report")
    with command.make_context("report", ["graded"]) as context:
        assert command.get_help_option(context).opts == ["-h", "--help"]
    assert run("report", "-h")[0] == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    command = group.get_command(None, name)
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert all(option.help for option in options)
    assert command.help


def test_the_version_is_told(run):
    from autograder import __version__

    code, out, _ = run("--version")
    assert code == 0
    assert __version__ in out


def test_help_does_not_wait_for_numpy(python):
    code = """
        import sys
        sys.argv = ["autograder", "grade", "--help"]
        from autograder.cli import main
        try:
            main()
        except SystemExit as stop:
            heavy = {"numpy", "hypothesis", "otter", "pandas"} & set(sys.modules)
            print("exit", stop.code, sorted(heavy))
    """
    assert python(code).strip().endswith("exit 0 []")


def test_no_module_of_a_student_is_imported_from_the_current_folder(python, tmp_path):
    for name in ("random", "tempfile", "click", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)", encoding="utf-8")
    code = "import subprocess, sys; print(subprocess.call([sys.executable, '-m', 'autograder', '--version']))"
    assert python(code, cwd=tmp_path, options=("-P",)).endswith("\n0\n")


def test_help_names_the_tests(run):
    assert "autograder test" in " ".join(run("--help")[1].split())


@pytest.mark.parametrize("odd", ["\x1b[2J", "\x9b2J", "\r", "\x07", "\u202e", "\x00"])
def test_no_control_character_reaches_the_terminal(run, stopping, odd):
    stopping(UsageError(f"{odd}name"))
    _, _, err = run("doctor")
    assert odd not in err
    assert "name" in err


# --- exit codes ---


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("expected this; found that"), 2),
        (AuthoringError("f.py: wrong"), 1),
        (InfrastructureError("no worker"), 1),
    ],
    ids=["usage", "authoring", "infrastructure"],
)
def test_an_error_is_one_line_and_its_exit_code(run, stopping, error, code):
    stopping(error)
    assert run("doctor") == (code, "", f"autograder: {error}\n")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()], ids=["ctrl-c", "abort"])
def test_an_interruption_says_that_nothing_is_lost(run, stopping, error):
    stopping(error)
    code, out, err = run("doctor")
    assert (code, out, err.strip()) == (130, "", "interrupted; what was finished is kept")


def test_a_command_goes_on_where_nobody_reads(monkeypatch):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as nobody:
        monkeypatch.setattr("sys.stdout", nobody)
        monkeypatch.setattr("sys.stderr", None)
        open_streams()
        for err in (False, True):
            echo("1 submission", err=err)


def test_a_folder_that_is_gone_is_named(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tmp_path.rmdir()
    code, _, err = run("doctor")
    assert (code, err.startswith("autograder: the current folder cannot be used (")) == (2, True)


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_commands_own_exit_code_is_the_programs(run, stopping, code):
    stopping(click.exceptions.Exit(code))
    assert run("doctor") == (code, "", "")


def test_a_bug_of_ours_is_not_hidden(monkeypatch, stopping):
    stopping(ZeroDivisionError("a bug"))
    monkeypatch.setattr("sys.argv", ["autograder", "doctor"])
    with pytest.raises(ZeroDivisionError):
        cli.main()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grad"], "No such command 'grad'"),
        (["grade"], "Missing argument 'ASSIGNMENT'"),
        (["grade", "toy"], "Missing argument 'PATHS...'"),
        (["grade", "toy", "x"], "Missing option '--out'"),
        (["grade", "toy", "x", "--out", "o", "--jobs", "0"], "0 is not in the range x>=1"),
        (["doctor", "--fast"], "No such option"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "says",
)
def test_a_wrong_call_is_exit_code_2_and_says_what_is_wrong(run, arguments, says):
    code, _, err = run(*arguments)
    assert code == 2
    assert says in err


def test_no_command_shows_help_and_fails(run):
    code, out, err = run()
    assert code == 2
    assert "Commands:" in out + err


# --- what is named ---


def test_an_unknown_assignment_is_named_with_those_there_are(run, tmp_path):
    code, out, err = run("grade", "logistic", tmp_path, "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.startswith("autograder: unknown assignment 'logistic'; expected one of ")
    assert "logistic_regression" in err
    assert not (tmp_path / "out").exists()


def test_missing_submissions_are_named(run, toy, tmp_path):
    code, _, err = run("grade", toy, tmp_path / "nobody", "--out", tmp_path / "out")
    assert code == 2
    assert str(tmp_path / "nobody") in err


def test_a_mistake_of_the_staff_names_the_file(run, toy, tmp_path):
    (toy / "tests" / "double.py").write_text("import nothing_of_that_name\n")
    code, _, err = run("grade", toy, toy / "class", "--out", tmp_path / "out", "--no-report")
    assert code == 1
    assert err.startswith(f"autograder: {toy / 'tests' / 'double.py'}, line 1: cannot be loaded: ModuleNotFoundError")
    assert "Traceback" not in err


def test_an_output_folder_of_something_else_is_named(run, toy, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("x")
    code, _, err = run("grade", toy, toy / "class", "--out", tmp_path / "out", "--no-report")
    assert code == 2
    assert "expected an empty folder or earlier results of toy; found thesis.tex" in err


def test_a_check_without_an_answer_is_named(run, toy, tmp_path, monkeypatch):
    monkeypatch.chdir(toy)
    code, _, err = run("check", "toy", tmp_path / "mine.py")
    assert code == 2
    assert err == f"autograder: {tmp_path / 'mine.py'}: not found; expected your answer\n"


def test_a_check_of_an_unknown_assignment_is_named(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run("check", "logistic")
    assert code == 2
    assert "no checks of 'logistic' found. Expected one of " in err


def test_an_assignment_is_found_by_name_and_by_path(toy, tmp_path, monkeypatch):
    assert master(str(toy)) == toy
    (tmp_path / "solutions").mkdir()
    toy.rename(tmp_path / "solutions" / "toy")
    monkeypatch.chdir(tmp_path)
    assert master("toy") == tmp_path / "solutions" / "toy"
    monkeypatch.chdir(tmp_path / "solutions" / "toy")
    assert master(".") == tmp_path / "solutions" / "toy"
    assert find_student_folder("toy").folder == Path.cwd()
    monkeypatch.chdir(tmp_path / "solutions")
    assert find_student_folder("toy").folder == Path.cwd() / "toy"


def test_a_question_is_asked_for_by_its_name_or_its_file(toy, tmp_path, monkeypatch):
    (question,) = sorted(path.stem for path in (toy / "tests").glob("*.py"))[:1]
    other = tmp_path / "another"
    (other / "tests").mkdir(parents=True)
    (other / "tests" / "contract.toml").write_text(
        (toy / "tests" / "contract.toml").read_text().replace(question, "unlike")
    )
    monkeypatch.chdir(toy)
    assert find_student_folder(f"tests/{question}.py") == StudentFolder(toy, "toy", question)
    monkeypatch.chdir(tmp_path)
    for words in ((f"toy/tests/{question}.py",), (question, "toy"), ("toy", question)):
        assert find_student_folder(*words) == StudentFolder(toy, "toy", question), words
    with pytest.raises(UsageError, match=f"no checks of '{question}' found"):
        find_student_folder("another", question)


def test_every_assignment_here_is_found_by_its_name():
    names = [path.name for path in (Path(__file__).parents[3] / "solutions").iterdir() if path.is_dir()]
    assert len(names) >= 5
    assert [master(name).name for name in names] == names


# --- grade ---


@pytest.mark.parametrize(
    ("ungraded", "code"),
    [([], 0), ([SubmissionResult("bob", "toy", not_graded("disk full"), ())], 1)],
    ids=["all", "not all"],
)
def test_grade_fails_when_we_failed_to_grade_someone(run, toy, tmp_path, monkeypatch, ungraded, code):
    grades = ClassGrades((Row("ada", 1, 1, GRADED, (1,)),), tuple(ungraded))
    monkeypatch.setattr("autograder.batch.grade_class.grade_class", lambda *_, **__: grades)
    found, out, err = run("grade", toy, toy / "class", "--out", tmp_path / "out", "--no-report")
    assert found == code
    assert out.startswith("1 submission, grades in ")
    assert err == "".join(f"{one.id}: {one.status}\n" for one in ungraded)


@pytest.mark.parametrize(
    ("earlier", "worth"),
    [(Row("bob", 5, 10, GRADED), "5 points"), (Row("bob", None, 10, for_a_person("a PDF")), "for a person: a PDF")],
    ids=["a score", "none"],
)
def test_an_earlier_result_that_stays_is_named(run, toy, tmp_path, monkeypatch, earlier, worth):
    failed = SubmissionResult("bob", "toy", not_graded("disk full"), ())
    grades = ClassGrades((earlier,), (failed,), {"bob": earlier})
    monkeypatch.setattr("autograder.batch.grade_class.grade_class", lambda *_, **__: grades)
    found, _, err = run("grade", toy, toy / "class", "--out", tmp_path / "out", "--no-report")
    assert (found, err) == (1, f"bob: not graded: disk full; its earlier result stays ({worth})\n")


def test_a_class_is_graded_and_a_second_run_grades_only_what_changed(run, toy, tmp_path, monkeypatch):
    # The engine itself may be edited while its tests run.
    monkeypatch.setattr("autograder.batch.grade_class.fingerprint", lambda _: "the same checks")
    out = tmp_path / "out"
    (toy / "class" / "dee.py").write_text("def double(z:\n")
    code, _, err = run("grade", toy, toy / "class", "--out", out, "--jobs", "1")
    assert code == 0, err
    with (out / "grades.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = {row["submission"]: row for row in csv.DictReader(file)}
    assert {name: (row["score"], row["status"]) for name, row in rows.items()} == {
        "ada": ("10", "graded"),
        "bob": ("6", "graded"),
        "cyd": ("0", "graded"),
        "dee": ("0", "import error"),
    }
    text = (out / "results" / "bob.json").read_text()
    assert json.loads(text)["score"] == 6
    assert "You square z." in text
    before = (out / "grades.csv").read_text(encoding="utf-8-sig")

    (toy / "class" / "cyd.py").write_text((toy / "class" / "ada.py").read_text())
    lines = len((out / "journal.jsonl").read_text().splitlines())
    code, _, err = run("grade", toy, toy / "class", "--out", out, "--jobs", "1")
    assert code == 0, err
    journal = (out / "journal.jsonl").read_text().splitlines()[lines:]
    assert [json.loads(line)["id"] for line in journal] == ["cyd"]
    assert (out / "grades.csv").read_text(encoding="utf-8-sig") == before.replace(
        "cyd,0,10,graded,0,0", "cyd,10,10,graded,4,6"
    )


# --- demo and progress ---


def test_a_summary_shows_who_got_what():
    rows = [
        Row("ada", 10, 10, GRADED),
        Row("bob", 5, 10, GRADED),
        Row("cyd", None, 10, not_graded("disk full")),
    ]
    assert demo.summary(rows) == [
        "  submission  score  status",
        "  ada            10  graded",
        "  bob             5  graded",
        "  cyd             -  not graded: disk full",
        "  3 submissions, mean 7.5, 1 with full points",
    ]


def test_a_summary_of_nobody_is_a_heading():
    assert demo.summary([]) == ["  submission  score  status"]


def test_progress_without_a_terminal_is_a_line_at_the_end(capsys):
    with Progress("toy", 3) as step:
        for _ in range(3):
            step("ada")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "toy: 3 of 3\n")


def test_a_folder_that_is_no_assignment_is_told_what_it_lacks(tmp_path):
    from autograder.cli.common import master
    from autograder.model.errors import UsageError

    with pytest.raises(UsageError, match=f"is not an assignment: tests/contract.toml and {tmp_path.name}.py not found"):
        master(str(tmp_path))


def test_a_command_of_staff_says_what_students_have_not_installed(run, monkeypatch):
    def main(**_):
        raise ModuleNotFoundError("No module named 'yaml'", name="yaml")

    monkeypatch.setattr(group, "main", main)
    code, _, err = run("export", "graded", "--to", "canvas")
    assert code == 2
    assert "needs the package yaml, which only course staff install: install autograder with its extra [staff]" in err
