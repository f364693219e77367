"""Two gradings: which property changed, by how much, and why."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from autograder.batch import JOURNAL, Output
from autograder.cli.compare import command
from autograder.cli.report import command as report
from autograder.model.result import Verdict
from autograder.model.status import failed
from autograder.report import results_json, roll
from autograder.report.compare import changes, why


def fixed(result):
    """The same submission, its second property passed now."""
    q = result.questions[0]
    passed = replace(q.properties[1], verdict=Verdict.PASSED, reason="", counterexample=None)
    properties = (q.properties[0], passed, q.properties[2])
    return replace(result, questions=(replace(q, properties=properties), result.questions[1]))


def test_the_same_result_has_no_changes(result):
    assert list(changes(result, result)) == []


def test_a_change_names_its_property_and_both_verdicts(result):
    (change,) = changes(result, fixed(result))
    assert str(change) == "double: Twice. wrong answer, 0 of 1.5 -> passed, 1.5 of 1.5 (+1.5)"
    (back,) = changes(fixed(result), result)
    assert back.gained == -1.5


def test_new_and_removed_checks_are_changes(result):
    less = replace(result, questions=result.questions[:1])
    (gone,) = changes(result, less)
    (new,) = changes(less, result)
    assert str(gone) == "weigh: A. passed given double, 6 of 6 -> no such check (-6)"
    assert str(new) == "weigh: A. no such check -> passed given double, 6 of 6 (+6)"


def test_other_points_are_a_change_even_where_none_are_earned(result):
    q = result.questions[0]
    dearer = replace(q, properties=(q.properties[0], replace(q.properties[1], points=3), q.properties[2]))
    (change,) = changes(result, replace(result, questions=(dearer, result.questions[1])))
    assert (change.before, change.now, change.gained) == ("wrong answer, 0 of 1.5", "wrong answer, 0 of 3", 0)


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        ("a:b", "a:b", "nothing changed: neither the checks nor the submission"),
        ("a:b", "x:b", "the checks changed"),
        ("a:b", "a:x", "the submission changed"),
        ("a:b", "x:y", "the checks changed and the submission changed"),
        ("", "a:b", "unknown: one of the two was not graded, or has no journal"),
        (None, "a:b", "unknown: one of the two was not graded, or has no journal"),
    ],
)
def test_the_reason_is_read_off_the_keys(before, now, reason):
    assert why(before, now) == reason


@pytest.fixture
def graded(tmp_path):
    """Write results into an output folder as grading does."""

    def write(name, results, *, finish=True):
        output = Output(tmp_path / name, "toy", ("double", "weigh"))
        for result, key in results:
            output.keep(result, key)
        if finish:
            rows = output.finish(output.rows.values())
            output.write(roll.FILE, roll.to_text(roll.Roll(tuple(rows))))
        return str(tmp_path / name)

    return write


def run(command, *folders):
    done = CliRunner().invoke(command, folders, catch_exceptions=True)
    return (done.output if done.exception is None else str(done.exception)).splitlines()


def test_compare_says_whose_score_changed_where_and_why(graded, result):
    old = graded("old", [(result, "c:1"), (replace(result, id="bob"), "c:2"), (replace(result, id="gone"), "c:3")])
    new = graded(
        "new", [(fixed(result), "c:9"), (replace(result, id="bob"), "d:2"), (replace(result, id="new"), "d:4")]
    )
    assert run(command, old, new) == [
        "ada: 8 -> 9.5 (the submission changed)",
        "  double: Twice. wrong answer, 0 of 1.5 -> passed, 1.5 of 1.5 (+1.5)",
        f"gone: only in {old}",
        f"new: only in {new}",
        "1 of 2 submissions changed",
    ]


def test_a_status_that_changed_is_a_change(graded, result):
    old = graded("old", [(result, "c:1")])
    new = graded("new", [(replace(result, status=failed("import error")), "d:1")])
    assert run(command, old, new) == [
        "ada: 8 -> 8, graded -> import error (the checks changed)",
        "1 of 1 submissions changed, 1 of them with the same score",
    ]


def test_a_folder_without_results_is_named(tmp_path, graded, result):
    (tmp_path / "empty").mkdir()
    for lines in (
        run(report, str(tmp_path / "empty")),
        run(command, str(tmp_path / "empty"), graded("g", [(result, "c:1")])),
    ):
        assert "empty: expected the output folder of a grading (results/*.json); found no result" in lines[0]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"extra_data": {"result": {"questions": 3}}}', "\xff"])
def test_a_result_that_is_not_ours_is_named(tmp_path, graded, result, text):
    folder = graded("g", [(result, "c:1")])
    (tmp_path / "g" / "results" / "ada.json").write_text(text, encoding="latin-1")
    assert "ada.json: expected a result of a grading; found" in run(report, folder)[0]


def test_the_report_holds_who_was_graded_last(tmp_path, graded, result):
    folder = graded("g", [(result, "c:1"), (replace(result, id="bob"), "c:2")])
    (tmp_path / "g" / "results" / "left.json").write_text(
        json.dumps(results_json.to_results(replace(result, id="left")))
    )
    run(report, folder)
    assert sorted(p.name for p in (tmp_path / "g" / "feedback").iterdir()) == ["ada.html", "bob.html"]
    page = (tmp_path / "g" / "report.html").read_text()
    assert "left.html" not in page
    assert "feedback/bob.html" in page


def test_an_interrupted_grading_can_be_read(tmp_path, graded, result):
    folder = graded("g", [(result, "c:1")], finish=False)
    run(report, folder)
    assert (tmp_path / "g" / "feedback" / "ada.html").is_file()


def test_a_folder_with_pages_can_be_graded_into_again(tmp_path, graded, result):
    folder = graded("g", [(result, "c:1")])
    run(report, folder)
    assert (tmp_path / "g" / JOURNAL).is_file()
    assert Output(tmp_path / "g", "toy", ("double", "weigh")).keys == {"ada": "c:1"}
