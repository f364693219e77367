"""The pages: what they contain, what they must not, and that no word of a student becomes markup."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from autograder.model.errors import Fault
from autograder.model.result import Verdict
from autograder.model.status import GRADED, failed, not_graded
from autograder.report import html
from autograder.report.roll import Roll
from autograder.report.summary import Summary
from autograder.report.table import row

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title></style></script><b>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "\x00\udcff\u202e",
    "../../etc/passwd",
    "a b/c?d#e%f",
]
VOID = {"meta", "link", "input", "img", "br", "hr"}


class Page(HTMLParser):
    """A page's tags and attributes; every element that was opened is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def student(result):
    return Page(html.student_page(result))


def of_class(*results):
    return Page(html.class_page(Summary.of(results)))


def everywhere(result, text):
    """A result in which every word that a student may choose is ``text``."""
    questions = []
    for q in result.questions:
        properties = []
        for p in q.properties:
            example = p.counterexample
            if example is not None:
                calls = tuple(replace(c, call=text, returned=text, raised=c.raised and text) for c in example.calls)
                example = replace(example, calls=calls, problem=text, got=text, expected=text, difference=text)
            properties.append(replace(p, counterexample=example))
        questions.append(replace(q, properties=tuple(properties)))
    return replace(result, id=text, questions=tuple(questions), message=text, output=text, notes=(text,), origin=text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("status", [GRADED, failed("import error"), not_graded("disk full")], ids=str)
def test_no_word_of_a_student_becomes_markup(result, text, status):
    plain = replace(everywhere(result, "x"), status=status)
    hostile = replace(everywhere(result, text), status=status)
    for page in (student, of_class):
        assert page(hostile).tags == page(plain).tags
        names = [(tag, name) for tag, name, _ in page(hostile).attributes]
        assert names == [(tag, name) for tag, name, _ in page(plain).attributes]
        assert not [a for a in page(hostile).attributes if a[1] == "href" and ":" in a[2] and a[2] != "data:,"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_status_is_escaped_too(result, text):
    assert student(replace(result, status=failed(text))).tags == student(replace(result, status=failed("x"))).tags
    assert of_class(replace(result, status=failed(text))).tags == of_class(replace(result, status=failed("x"))).tags


@pytest.mark.parametrize("make", [student, of_class])
def test_nothing_is_loaded_from_anywhere(result, make):
    page = make(result)
    assert not {"img", "iframe", "object", "embed"} & set(page.tags)
    assert {(t, v) for t, n, v in page.attributes if n in {"src", "href"} and not v.startswith(("#", "feedback/"))} == {
        ("link", "data:,")
    }
    policy = next(v for t, n, v in page.attributes if n == "content" and "default-src" in v)
    assert "default-src 'none'" in policy


def test_a_student_reads_mistake_hint_and_counterexample(result):
    text = student(result).text
    for part in (
        "ada",
        "8 of 10 points",
        "You square z.",
        "Twice is not squared.",
        "double(np.array(0.5))",
        "largest difference: 0.25 instead of 1.0",
        "1 magic left out",
        "hello",
        "right, given double",
    ):
        assert part in text


def test_below_a_named_mistake_one_check_is_open_and_the_others_are_folded(result):
    page = html.student_page(result)
    assert page.index("You square z.") < page.index("Twice.") < page.index("1 more of its checks failed")
    assert page.index("1 more of its checks failed") < page.index("Everywhere.")
    question = replace(result.questions[0], diagnoses=())
    assert "more of its checks failed" not in html.student_page(replace(result, questions=(question,)))


def test_two_mistakes_are_told_each(result):
    named = replace(result.questions[0].diagnoses[0], name="halves", says="You halve z.", checks=("secretly",))
    question = replace(result.questions[0], diagnoses=(*result.questions[0].diagnoses, named))
    text = student(replace(result, questions=(question,))).text
    assert "You square z." in text
    assert "In 1 of these checks: You halve z." in text


def test_of_a_hidden_property_neither_input_nor_answer_is_shown(result):
    for page in (html.student_page(result), html.class_page(Summary.of([result]))):
        assert "31337" not in page
        assert "424242" not in page


def test_a_submission_that_did_not_run_says_why_once(result):
    text = student(replace(result, status=failed("import error"), message="SyntaxError: no")).text
    assert "(import error)" in text
    assert "SyntaxError: no" in text
    assert "double(np.array" not in text


def test_a_submission_that_did_not_run_has_no_wrong_question(result):
    questions = tuple(
        replace(
            q,
            properties=tuple(
                replace(p, verdict=Verdict.FAILED, reason="import error", counterexample=None, cases=0, failing=0)
                for p in q.properties
            ),
            diagnoses=(),
            given=(),
        )
        for q in result.questions
    )
    text = student(replace(result, status=failed("import error"), message="SyntaxError: no", questions=questions)).text
    assert text.count("not run") == 2
    assert "wrong" not in text


def test_one_cause_is_shown_once_with_the_other_checks_that_it_fails(result):
    q = result.questions[0]
    example = q.properties[1].counterexample
    example = replace(example, calls=example.calls[:1], problem="returned None")
    first = replace(q.properties[1], refused=True, counterexample=example)
    other = replace(first, name="other", title="Another check.", points=1)
    text = student(replace(result, questions=(replace(q, properties=(first, other)),))).text
    assert text.count("returned None") == 1
    assert "The same in: Another check. (1 point)" in text


def test_a_submission_that_was_not_graded_has_no_score(result):
    text = student(replace(result, status=not_graded("disk full"))).text
    assert "not your fault" in text
    assert "8 of 10" not in text


def test_a_picture_shows_short_vectors_and_nothing_else(result):
    def page(got, expected, **changes):
        q = result.questions[0]
        shown = replace(q.properties[1].counterexample, got=got, expected=expected)
        wrong = replace(q.properties[1], counterexample=shown, **changes)
        return student(replace(result, questions=(replace(q, properties=(wrong,)),)))

    vector, other = "np.array([1.0, 2.0, 3.0])", "np.array([1.0, 2.5, 3.0])"
    picture = page(vector, other)
    assert picture.tags.count("circle") == 6
    assert ("svg", "aria-label", "Your values (dots) and the expected ones (rings): 1 of 3 differ.") in [
        *picture.attributes
    ]
    assert "svg" in page("[1.0, 2.0, 3.0]", "np.array([1.0, 2.0, 4.0], dtype=np.float32)").tags
    for got, expected in [
        ("1.0", "2.0"),
        ("np.array([0, 1, 1])", "np.array([0, 1, 2])"),
        ("np.array([[1.0, 2.0], [3.0, 4.0]])", "np.array([[1.0, 2.0], [3.0, 5.0]])"),
        (vector, "np.array([1.0, 2.0])"),
        (vector, "np.array([1.0, np.nan, 3.0])"),
        (vector, "np.array([1.0, 1e400, 3.0])"),
        (vector, vector.replace("1.0, 2.0, 3.0", "[" * 2000)),
        (vector, "__import__('os').abort()"),
        ("np.array([1.0, 1.0, 1.0])", "np.array([1.0, 1.0, 1.0])"),
        (vector, "<array of shape (100,): [0.0, ...]>"),
        ("", ""),
    ]:
        assert "svg" not in page(got, expected).tags, expected
    assert "svg" not in page(vector, other, hidden=True).tags


# --- the class ---


def test_the_class_page_counts_submissions_and_scores(result):
    page = of_class(
        result,
        replace(result, id="bob", status=failed("import error")),
        replace(result, id="cyd", status=failed("empty")),
    )
    assert "3 submissions" in page.text
    assert "mean 8.0 of 10" in page.text
    assert "Of the 1 submissions that ran" in page.text


def test_every_student_is_a_row_with_a_link(result):
    names = ["ada", "bob", "j/../x y", "caf\udce9"]
    page = of_class(*(replace(result, id=name) for name in names))
    links = [v for t, n, v in page.attributes if t == "a" and v.startswith("feedback/")]
    assert links[-4:] == [
        "feedback/ada.html",
        "feedback/bob.html",
        "feedback/j%2F..%2Fx%20y.html",
        "feedback/caf%E9.html",
    ]


def test_a_misconception_stands_with_its_holders_and_an_example(result):
    page = of_class(*(replace(result, id=f"student{i}") for i in range(15)))
    assert "You square z." in page.text
    assert "15 submissions" in page.text
    assert "double 15" in page.text
    assert "double(np.array(0.5))" in page.text


def test_what_was_not_graded_comes_before_what_did_not_run(result):
    text = of_class(
        replace(result, id="bob", status=failed("import error")),
        replace(result, id="zoe", status=not_graded("disk full")),
    ).text
    trouble = text[text.index("What did not run") :]
    assert trouble.index("zoe") < trouble.index("bob")


def test_a_class_without_anyone_is_a_page(result):
    assert "0 submissions" in of_class().text


def test_what_was_not_judged_has_no_points_in_the_map(result):
    judged = of_class(result).attributes
    lost = of_class(replace(result, status=not_graded("disk full"))).attributes
    shades = {"h0", "h1", "h2", "h3", "h4"}
    assert [v for _, n, v in judged if n == "class" and v in shades] == ["h2", "h4"]
    assert not [v for _, n, v in lost if n == "class" and v in shades]


@pytest.mark.parametrize(
    ("score", "worth", "name"),
    [(0, 10, "h0"), (1, 10, "h1"), (4, 10, "h2"), (9.99, 10, "h3"), (10, 10, "h4"), (0.1 + 0.2, 0.3, "h4")],
)
def test_cells_are_shaded_by_the_share_of_the_points(score, worth, name):
    assert html.shade(score, worth) == name


def test_an_unwritten_question_is_said_to_be_so(result):
    unwritten = replace(
        result.questions[1].properties[0],
        verdict=Verdict.FAILED,
        reason=Fault.NOT_WRITTEN.value,
        cases=4,
    )
    changed = replace(result, questions=(replace(result.questions[1], properties=(unwritten,), given=()),))
    assert "not written yet" in student(changed).text


def test_what_staff_decided_on_one_of_a_group_is_told_of_that_one(result):
    ada = row(result)
    ada = replace(ada, name="Ada", final=9.0, late="1 day", penalty=1.0)
    bob = replace(ada, name="Bob", final=None, late="", excused=True, override="excused (Prof: withdrew)")
    page = student_of(result, ada, bob)
    assert "Ada Late: 1 day, which costs 1 points. Final score: 9 of" in page
    assert "Bob Decided by course staff: excused (Prof: withdrew) Excused: this work does not count." in page
    class_page = Page(html.class_page(Summary.of([result]), Roll((ada, bob)))).text
    assert " 1 day 9, excused * " in class_page.replace("*", " *")
    late = [replace(ada, submission=s.id) for s in (result, replace(result, id="second"))]
    alike = [late[0], replace(late[1], final=7.0), replace(late[1], final=7.0, name="Bob")]
    class_page = Page(html.class_page(Summary.of([result, replace(result, id="second")]), Roll(tuple(alike)))).text
    assert class_page.count(" 1 day 9 ") == 1, "of the first submission"
    assert class_page.count(" 1 day 7 ") == 1, "once for a group"
    for both in ([bob, replace(bob, name="Ada")], [replace(bob, name="Ada"), bob]):
        assert student_of(result, *both).count("Excused: this work does not count.") == 1


def student_of(result, *rows):
    return Page(html.student_page(result, rows, Roll(rows))).text
