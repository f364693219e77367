"""``pytest`` in a released folder: the public properties, question by question, in the student's terms.

A file ``tests/<question>.py`` beside a ``contract.toml`` that knows the question is collected, one item a property;
other folders are left alone. This module is loaded by every run of pytest where the package is installed,
so that it imports next to nothing.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from autograder.checks.judging import Judgement
    from autograder.checks.property import prop
    from autograder.checks.question import Question
    from autograder.doors.local import LocalAnswer
    from autograder.model.errors import StudentFault
    from autograder.model.result import Diagnosis, PropertyResult, QuestionResult

MOST_LINES = 22
"""Lines on one question: what is wrong with it fits on a screen."""
MOST_PRINTED = 10
"""Lines of what a failing check printed."""

_Key = tuple[Path, str]


@dataclass
class Folder:
    """A released folder: the student's answer, loaded when the first check needs it."""

    path: Path
    answer: LocalAnswer | None = None
    fault: StudentFault | None = None


@dataclass
class Run:
    """The findings of one run of pytest."""

    folders: dict[Path, Folder] = field(default_factory=dict)
    results: dict[_Key, list[PropertyResult]] = field(default_factory=dict)
    judged: dict[_Key, list[Judgement]] = field(default_factory=dict)
    questions: dict[_Key, Question] = field(default_factory=dict)
    by_node: dict[str, PropertyResult] = field(default_factory=dict)
    printed: dict[_Key, str] = field(default_factory=dict)
    """What the first check of a question that failed printed."""


_RUN = pytest.StashKey[Run]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--explore``."""
    text = "let Hypothesis search beyond the recorded cases of each property"
    parser.getgroup("autograder").addoption("--explore", action="store_true", default=False, help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Begin with nothing found."""
    config.stash[_RUN] = Run()


def _is_question(path: Path) -> bool:
    if path.suffix != ".py" or not (path.parent / "contract.toml").is_file():
        return False
    from autograder.checks import contract
    from autograder.model.errors import AuthoringError

    try:
        return contract.load(path.parent / contract.FILE).signature(path.stem) is not None
    except AuthoringError:
        return True  # collected, so that the mistake is seen


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect question files."""
    return QuestionFile.from_parent(parent, path=file_path) if _is_question(file_path) else None


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Keep pytest from reading a question file that is named on the command line as one of its own."""
    return NoTests.from_parent(parent, path=module_path) if _is_question(module_path) else None


class NoTests(pytest.File):
    """A file that holds nothing for pytest."""

    def collect(self) -> Iterator[pytest.Item]:
        """Nothing."""
        return iter(())


class QuestionFile(pytest.File):
    """A question: one item for each of its public properties."""

    def collect(self) -> Iterator[pytest.Item]:
        """Load the properties.

        Raises:
            CollectError: the file is wrong (course staff's mistake).

        """
        from autograder.checks import question
        from autograder.model.errors import AuthoringError

        try:
            found = question.load(self.path)
        except AuthoringError as error:
            raise self.CollectError(str(error)) from None
        for p in found.properties:
            if not p.hidden:
                yield PropertyItem.from_parent(self, name=p.id, question=found, judged=p)


class PropertyItem(pytest.Item):
    """One property."""

    def __init__(self, *, question: Question, judged: prop, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.judged = judged
        self.judgement: Judgement | None = None

    def reportinfo(self) -> tuple[Path, int, str]:
        """The location of the property, and its title."""
        return self.path, self.judged.line - 1, f"{self.question.name}: {self.judged.title}"

    def runtest(self) -> None:
        """Judge the property.

        Raises:
            NotPassedError: it did not pass.

        """
        from autograder.checks.judging import result_of
        from autograder.checks.local_caller import DebuggerQuit
        from autograder.model.result import Verdict

        run = self.config.stash[_RUN]
        root = self.path.parent.parent
        folder = run.folders.setdefault(root, Folder(root))
        earlier = run.results.setdefault((root, self.question.name), [])
        try:
            result = self._judge(folder, earlier)
        except DebuggerQuit:
            pytest.exit("left the debugger")
        except Exception as error:  # noqa: BLE001  (ours: its points are possible, and not earned)
            result = result_of(self.judged, Verdict.NOT_JUDGED, reason=f"{type(error).__name__}: {error}")
        earlier.append(result)
        run.by_node[self.nodeid] = result
        if result.verdict is not Verdict.PASSED:
            debugs = folder.answer and self.config.getoption("usepdb")
            raise NotPassedError(result).with_traceback(_place(folder.answer, self.judgement) if debugs else None)

    def _judge(self, folder: Folder, earlier: list[PropertyResult]) -> PropertyResult:
        from autograder.checks.exploring import explore
        from autograder.checks.judging import MOST_TIMEOUTS, judge, result_of
        from autograder.doors.local import LocalAnswer
        from autograder.model.errors import AuthoringError, Fault, StudentFault
        from autograder.model.result import Verdict

        def verdict(kind: Verdict, reason: str) -> PropertyResult:
            return result_of(self.judged, kind, reason=reason)

        if folder.answer is None and folder.fault is None:
            debugs = self.config.getoption("usepdb") or self.config.getoption("trace")
            try:
                folder.answer = LocalAnswer(folder.path, self.judged.contract, runs_clock=not debugs)
            except StudentFault as fault:
                folder.fault = fault
        if folder.answer is None:
            return verdict(Verdict.FAILED, folder.fault.fault if folder.fault else Fault.IMPORT_ERROR)
        if sum(r.reason == Fault.TIMED_OUT for r in earlier) >= MOST_TIMEOUTS:
            return verdict(Verdict.FAILED, Fault.TIMED_OUT)
        answer = folder.answer
        answer.clock.begin()
        self.judgement = judge(self.judged, answer.functions)
        key = (folder.path, self.question.name)
        run = self.config.stash[_RUN]
        run.questions[key] = self.question
        run.judged.setdefault(key, []).append(self.judgement)
        result = self.judgement.result
        if result.verdict is Verdict.PASSED and self.config.getoption("explore"):
            try:
                return explore(self.judged, answer.functions, begin_case=answer.clock.begin) or result
            except AuthoringError as error:
                return verdict(Verdict.NOT_JUDGED, str(error))
        return result

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The feedback instead of a traceback."""
        if isinstance(excinfo.value, NotPassedError):
            from autograder.wording.text import property_text

            return property_text(excinfo.value.result)
        return super().repr_failure(excinfo, style)


def _place(answer: LocalAnswer | None, judgement: Judgement | None) -> types.TracebackType | None:
    """Where ``--pdb`` stops: where the student's code raised, or else where it returned a wrong answer."""
    if answer is None or judgement is None:
        return None
    if answer.clock.error:
        return answer.clock.error.__traceback__
    example = judgement.result.counterexample
    case = judgement.failing_answers[: example.made if example else 0]
    caller = answer.functions.get(case[-1].call.function) if case else None
    if caller is None:
        return None
    code = getattr(caller.function, "__code__", None)
    returned: list[types.FrameType] = []

    def keep(frame: types.FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is code:
            returned.append(frame)

    sys.setprofile(keep)
    try:
        caller.call(case[-1].call)
    finally:
        sys.setprofile(None)
    return types.TracebackType(None, returned[-1], returned[-1].f_lasti, returned[-1].f_lineno) if returned else None


class NotPassedError(Exception):
    """A property did not pass; ``result`` says why."""

    def __init__(self, result: PropertyResult) -> None:
        super().__init__(result.title)
        self.result = result


def pytest_report_teststatus(report: pytest.TestReport, config: pytest.Config) -> tuple[str, str, str] | None:
    """Give failed properties words of their own; they are shown below, not among pytest's failures."""
    result = config.stash[_RUN].by_node.get(report.nodeid)
    if result is None or report.when != "call" or not report.failed:
        return None
    if result.reason == "not written yet":
        return "not written", "-", "NOT WRITTEN"
    return "not passed", "F", "NOT PASSED"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the first failing check of a question printed."""
    report = yield
    if isinstance(item, PropertyItem) and report.when == "call" and report.failed and report.capstdout:
        run = item.config.stash[_RUN]
        run.printed.setdefault((item.path.parent.parent, item.question.name), report.capstdout)
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the first wrong question in full, a line for each of the others, in the contract's order, and the points."""
    run = config.stash[_RUN]
    if not run.results:
        return
    from autograder.checks import contract
    from autograder.checks.missing import explain_missing
    from autograder.checks.mistakes import diagnose_by_fingerprint
    from autograder.doors import own_answers
    from autograder.model.result import QuestionResult

    def diagnoses(key: _Key) -> tuple[Diagnosis, ...]:
        return diagnose_by_fingerprint(run.questions[key], run.judged[key]) if key in run.questions else ()

    for folder in run.folders.values():
        rules = contract.load(folder.path / "tests" / contract.FILE)
        judged = [
            QuestionResult(q.name, tuple(run.results[folder.path, q.name]), diagnoses((folder.path, q.name)))
            for q in rules.questions
            if run.results.get((folder.path, q.name))  # none where the run was ended first
        ]
        terminalreporter.section(rules.title)
        if folder.fault is not None:
            terminalreporter.write_line(f"{rules.name}.py cannot be imported, so nothing could be checked:", red=True)
            for line in (folder.fault.message, folder.fault.where):
                if line:
                    terminalreporter.write_line(f"  {line}")
        else:
            own = own_answers.tried_here(folder.path, rules, folder.answer) if folder.answer else []
            notes = folder.answer.notes if folder.answer else ()
            for note in (*notes, *own):
                terminalreporter.write_line(f"note: {note}", yellow=True)
            judged = [explain_missing(question, notes) for question in judged]
            _write_questions(terminalreporter, judged, run, folder.path)
        earned, possible = sum(q.score for q in judged), sum(q.points for q in judged)
        terminalreporter.write_line("")
        terminalreporter.write_line(f"public points: {earned:g} / {possible:g}", bold=True)


def _write_questions(terminal: Any, questions: list[QuestionResult], run: Run, folder: Path) -> None:
    from autograder.wording.text import brief_text, name_width, printed, question_lines, unwritten

    shown = False
    width = name_width(questions)
    for question in questions:
        right, begun = question.score == question.points, not unwritten(question)
        if right or not begun or shown:
            terminal.write_line(brief_text(question, width), green=right, red=begun and not right)
            continue
        shown = True
        head, *lines = question_lines(question, MOST_LINES, width)
        terminal.write_line(head, red=True)
        for line in lines:
            terminal.write_line(line)
        output = run.printed.get((folder, question.name), "")
        if output:
            terminal.write_line("      printed:")
            for line in printed(output, MOST_PRINTED).splitlines():
                terminal.write_line(f"        {line}")
