"""results.json: what Gradescope reads of it, the way back, and what a student's copy must not hold."""

import json
from dataclasses import replace

import pytest

from autograder.model.result import Verdict
from autograder.model.status import failed, not_graded
from autograder.report.results_json import from_results, to_results


def crossed(result, **options):
    """A result through a file of JSON that any reader takes, and back."""
    return from_results(json.loads(json.dumps(to_results(result, **options), allow_nan=False)))


def test_a_result_survives_the_way_there_and_back(result):
    assert crossed(result) == result


@pytest.mark.parametrize(
    "change",
    [
        {"status": failed("import error"), "message": "SyntaxError: invalid syntax\nline 3"},
        {"status": not_graded("disk full")},
        {"questions": ()},
        {"notes": ()},
        {"output": "\u2028 \U0001f600 caf\u00e9 \udcff \x00"},
        {"extra": {}},
        {"id": 'a "b" <c>'},
    ],
    ids=lambda change: next(iter(change)) + str(change.get("status", "")),
)
def test_odd_results_survive_it_too(result, change):
    changed = replace(result, **change)
    assert crossed(changed) == changed


def test_of_times_only_the_submissions_is_kept_in_milliseconds(result):
    timed = replace(result, seconds=1.23456, questions=tuple(replace(q, seconds=9.0) for q in result.questions))
    assert crossed(timed) == replace(result, seconds=1.235)


def test_two_gradings_of_one_submission_differ_in_their_time_only(result):
    one, other = to_results(result), to_results(replace(result, seconds=99.0))
    assert one.pop("execution_time") != other.pop("execution_time")
    assert one == other


def test_a_table_of_something_else_is_no_result():
    with pytest.raises(KeyError):
        from_results({"score": 3, "tests": []})


def test_every_property_is_a_test_with_its_points_and_number(result):
    table = to_results(result)
    assert [(t["number"], t["name"], t["score"], t["max_score"], t["status"]) for t in table["tests"]] == [
        ("1.1", "double: double(z) = z + z.", 2, 2, "passed"),
        ("1.2", "double: Twice.", 0, 1.5, "failed"),
        ("1.3", "double: Everywhere.", 0, 0.5, "failed"),
        ("2.1", "weigh: A.", 6, 6, "passed"),
    ]
    assert table["score"] == sum(t["score"] for t in table["tests"]) == 8


def test_points_are_whole_numbers_where_they_are(result):
    text = json.dumps([t["max_score"] for t in to_results(result)["tests"]])
    assert text == "[2, 1.5, 0.5, 6]"


def test_only_the_fields_and_values_of_the_format_are_used(result):
    table = to_results(result)
    known = {
        "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
        "stdout_visibility", "extra_data", "tests", "leaderboard",
    }  # fmt: skip
    assert set(table) <= known
    assert {table["output_format"], table["test_output_format"], table["test_name_format"]} <= {
        "text",
        "html",
        "simple_format",
        "md",
        "ansi",
    }
    visibilities = {"hidden", "after_due_date", "after_published", "visible"}
    assert {table["visibility"], table["stdout_visibility"]} <= visibilities
    for test in table["tests"]:
        assert set(test) <= {
            "score",
            "max_score",
            "status",
            "name",
            "name_format",
            "number",
            "output",
            "output_format",
            "tags",
            "visibility",
            "extra_data",
        }
        assert test["status"] in {"passed", "failed"}
        # One hidden test hides the total from the student.
        assert test["visibility"] == "visible"


def test_a_failed_test_tells_diagnosis_and_counterexample(result):
    output = to_results(result)["tests"][1]["output"]
    for part in ("You square z.", "Twice is not squared.", "double(np.array(0.5))", "0.25"):
        assert part in output


def test_the_head_tells_score_notes_diagnosis_and_what_was_printed(result):
    head = to_results(result)["output"]
    for part in (
        "toy: 8 of 10 points (graded)",
        "1 magic left out",
        "double: You square z.",
        "Your code printed:\n\n```\nhello\n```",
    ):
        assert part in head


def test_the_head_shows_the_first_lines_of_what_was_printed(result):
    head = to_results(replace(result, output="\n".join(f"step {i}" for i in range(100)) + "\n"))["output"]
    assert "step 19\n... 80 more lines\n```" in head
    assert "step 20" not in head
    head = to_results(replace(result, output="x" * 60_000))["output"]
    assert len(head) < 2000


def test_what_was_not_written_is_listed_in_the_head(result):
    unwritten = replace(result.questions[0].properties[1], reason="not written yet", counterexample=None)
    changed = replace(result, questions=(replace(result.questions[0], properties=(unwritten,), diagnoses=()),))
    assert "not written yet: double" in to_results(changed)["output"]


def test_what_was_not_judged_is_said_to_be_no_fault_of_the_student(result):
    properties = tuple(
        replace(p, verdict=Verdict.NOT_JUDGED, reason="disk full") for p in result.questions[1].properties
    )
    changed = replace(
        result, status=not_graded("disk full"), questions=(replace(result.questions[1], properties=properties),)
    )
    table = to_results(changed)
    assert "not your fault" in table["tests"][0]["output"]
    assert "not graded: disk full" in table["output"]


SECRETS = ("424242", "-31337")


def test_inputs_of_hidden_properties_are_kept_for_the_staff(result):
    text = json.dumps(to_results(result))
    assert all(secret in text for secret in SECRETS)


def test_inputs_of_hidden_properties_are_nowhere_in_a_students_copy(result):
    text = json.dumps(to_results(result, private=False))
    assert not any(secret in text for secret in SECRETS)
    assert "0.25" in text, "those of public properties are"


@pytest.mark.parametrize("private", [True, False])
def test_no_hidden_input_is_in_what_gradescope_shows(result, private):
    table = to_results(result, private=private)
    table.pop("extra_data")
    assert not any(secret in json.dumps(table) for secret in SECRETS)


def test_a_students_copy_is_a_result_but_for_the_hidden_inputs(result):
    found = crossed(result, private=False)
    hidden = found.questions[0].properties[2]
    assert hidden == replace(result.questions[0].properties[2], counterexample=None)
    assert found.questions[0].properties[:2] == result.questions[0].properties[:2]
    assert found.score == result.score


def test_making_a_table_leaves_the_result_alone(result):
    before = repr(result)
    to_results(result, private=False)
    assert repr(result) == before
