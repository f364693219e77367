"""Markdown as Gradescope shows it: what students and authors wrote reads as it was written."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from autograder.model.result import Verdict
from autograder.wording.markdown import as_markdown, escaped, fenced, head

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/a.png)",
    "a * b * c, x_i and y_j, `code`, ~~no~~",
    "P(x|y) & 1 < 2 > 0",
    "back\\slash and $tex$",
    "```\n<b>out</b>",
]


def html(text):
    """What a reader of CommonMark makes of it, HTML allowed: the worst case."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def words(text):
    """The text that is read, without tags."""
    return "".join(
        child.content
        for token in MarkdownIt("commonmark", {"html": True}).parse(text)
        for child in (token.children or [token])
        if child.type in {"text", "code_inline", "fence", "text_special", "softbreak"}
    )


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_escaped_text_is_read_as_it_was_written(text):
    rendered = html(escaped(text))
    assert words(escaped(text)) == text
    assert not any(tag in rendered for tag in ("<script", "<a ", "<img", "<em", "<code", "<del", "<b>"))


@pytest.mark.parametrize("text", [*HOSTILE, "", "`", "````\n```", "~~~\n```\n~~~"])
def test_a_block_of_code_cannot_be_left(text):
    assert words(fenced(text)) == text.rstrip() + "\n"
    assert html(fenced(text)).count("<pre>") == 1
    assert "<script" not in html(fenced(text))


def test_a_wrong_property_is_mistake_hint_and_counterexample(result):
    question = result.questions[0]
    text = as_markdown(question, question.properties[1])
    assert text.startswith("**You square z.**\n\nTwice is not squared.\n\n```\ncalled:   double(")
    unnamed = as_markdown(replace(question, diagnoses=()), question.properties[1])
    assert unnamed.startswith("**Hint:** Add.\n\n```\ncalled:   double(")
    assert text.endswith("*11 of 12 cases fail; this is the smallest*")


def test_a_hidden_property_shows_no_input(result):
    question = replace(result.questions[0], diagnoses=())
    text = as_markdown(question, question.properties[2])
    assert "Below zero?" in text
    assert "31337" not in text


def test_what_was_not_judged_is_not_as_markdown_by_a_mistake(result):
    question = result.questions[0]
    text = as_markdown(question, replace(question.properties[1], verdict=Verdict.NOT_JUDGED, reason="disk full"))
    assert text == "*could not be judged (not your fault): disk full*"


@pytest.mark.parametrize("text", HOSTILE)
def test_the_head_holds_no_markup_of_students(result, text):
    rendered = html(head(replace(result, notes=(text,), message=text, output=text)))
    assert not any(tag in rendered for tag in ("<script", "<a ", "<img", "<b>"))
