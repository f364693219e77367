"""Many submissions at once: none is lost and none is graded twice, whatever dies in between."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.batch import LocalPool, run
from autograder.model.errors import InfrastructureError
from autograder.model.result import SubmissionResult
from autograder.model.status import GRADED, failed, not_graded
from autograder.model.submission import Submission, Unreadable


@dataclass
class Anywhere:
    """A pool of any executors."""

    task: Callable
    start: Callable[[], Executor] = lambda: ThreadPoolExecutor(1)
    in_flight: int = 2
    lost: tuple = ()


def submissions(count):
    return [Submission(f"s{i}", f"source {i}") for i in range(count)]


def graded(one):
    return SubmissionResult(one.id, "toy", GRADED, ())


def lost(one, why):
    return SubmissionResult(one.id, "toy", not_graded(why), ())


def kills_once(folder, victims, one):
    """Grade, but die the first time that one of the victims comes."""
    mark = Path(folder) / one.id
    with (Path(folder) / "log").open("a") as log:
        log.write(f"{one.id}\n")
    if one.id in victims and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return graded(one)


def kills_always(victims, one):
    if one.id in victims:
        os.kill(os.getpid(), signal.SIGKILL)
    return graded(one)


def statuses(found):
    """id -> status; each once, and with its own submission."""
    found = list(found)
    assert all(one.id == result.id for one, result in found)
    assert max(Counter(one.id for one, _ in found).values(), default=1) == 1
    return {result.id: result.status.words for _, result in found}


def all_graded(count):
    return {f"s{i}": "graded" for i in range(count)}


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("in_flight", [1, 3, 100])
def test_each_submission_gets_its_result(count, in_flight):
    found = run(Anywhere(graded, lambda: ThreadPoolExecutor(2), in_flight), submissions(count), lost)
    assert statuses(found) == all_graded(count)


def test_submissions_are_read_lazily_and_no_more_than_in_flight():
    read, held = [], []

    def source():
        for one in submissions(10):
            read.append(one.id)
            yield one

    done = 0
    for _ in run(Anywhere(graded, in_flight=3), source(), lost):
        held.append(len(read) - done)
        done += 1
    assert done == 10
    assert max(held) <= 3


def test_an_unreadable_one_is_graded_like_any_other():
    handed_in = [Submission("a", ""), Unreadable("b", failed("unreadable"), "not UTF-8")]
    assert statuses(run(LocalPool(graded, 2), handed_in, lost)) == {"a": "graded", "b": "graded"}


@pytest.mark.parametrize(
    "victims", [("s0",), ("s9",), ("s3", "s4"), tuple(f"s{i}" for i in range(10))], ids=["first", "last", "two", "all"]
)
def test_a_killed_process_loses_nothing(tmp_path, victims):
    task = functools.partial(kills_once, str(tmp_path), victims)
    found = statuses(run(LocalPool(task, 2), submissions(10), lost))
    survived = {i for i, status in found.items() if status == "graded"}
    assert set(found) == set(all_graded(10))
    # One may be killed beside another and then, alone, by its own: that is twice.
    assert survived >= set(all_graded(10)) - set(victims)
    if len(victims) == 1:
        assert found == all_graded(10)


def test_a_submission_that_kills_its_process_each_time_harms_no_other():
    task = functools.partial(kills_always, ("s2", "s6"))
    found = statuses(run(LocalPool(task, 2), submissions(8), lost))
    why = "not graded: the grading process died twice on this submission"
    assert found == all_graded(8) | {"s2": why, "s6": why}


def test_ctrl_c_ends_a_waiting_process_without_a_traceback():
    with LocalPool(graded, 1).start() as executor:
        assert executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_DFL


class OneAtATime(LocalPool):
    in_flight = 1


def test_what_was_graded_before_the_kill_is_not_graded_again(tmp_path):
    task = functools.partial(kills_once, str(tmp_path), ("s5",))
    assert statuses(run(OneAtATime(task, 2), submissions(8), lost)) == all_graded(8)
    times = Counter((tmp_path / "log").read_text().split())
    assert times == {f"s{i}": 1 for i in range(8)} | {"s5": 2}


class Breaking(Executor):
    """An executor that is broken from its ``last`` submit on, as a pool is when a process of it was killed."""

    left = 0

    def __init__(self):
        type(self).started += 1

    started = 0

    def submit(self, fn, /, *args, **kwargs):
        if type(self).left == 0 and type(self).started == 1:
            raise BrokenExecutor
        type(self).left -= 1
        future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize("last", range(6))
def test_a_submission_that_a_broken_pool_did_not_take_is_not_lost(last):
    class Pools(Breaking):
        left = last

    found = run(Anywhere(graded, Pools), submissions(5), lost)
    assert statuses(found) == all_graded(5)
    assert (Pools.started > 1) is (last < 5)


def test_an_error_of_a_task_ends_the_run_and_is_not_swallowed():
    def fails(one):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        list(run(Anywhere(fails, in_flight=1), submissions(3), lost))


def test_a_caller_who_stops_early_stops_the_reading():
    read = []

    def source():
        for one in submissions(100):
            read.append(one.id)
            yield one

    found = run(Anywhere(graded), source(), lost)
    next(found)
    found.close()
    assert len(read) <= 3


class Refusing(ThreadPoolExecutor):
    """A cluster on which one submission kills every worker that it comes to, or that goes away."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        if args[0].id == "s1":
            future.set_exception(LookupError("killed"))
        elif args[0].id == "gone":
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_submission_that_kills_the_workers_of_a_cluster_harms_no_other():
    found = run(Anywhere(graded, lambda: Refusing(1), lost=(LookupError,)), submissions(4), lost)
    assert statuses(found) == all_graded(4) | {"s1": "not graded: the workers died on this submission"}


def test_a_cluster_that_goes_away_is_a_clear_error():
    handed_in = [*submissions(1), Submission("gone", "")]
    found = run(Anywhere(graded, lambda: Refusing(1), 1), handed_in, lost)
    assert next(found)[1].status is GRADED
    with pytest.raises(InfrastructureError, match="the cluster is gone; what was finished is kept"):
        next(found)


def test_what_was_not_graded_as_it_is_is_named_on_the_screen(toy_master, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "ada.py").write_text("def double(z):\n    return 2 * z\n", encoding="utf-8")
    for i in range(12):
        (folder / f"broken_{i:02}.zip").write_bytes(b"PK\x03\x04 not a zip")
    arguments = ["grade", str(toy_master), str(folder), "--out", str(tmp_path / "out"), "--no-report"]
    done = subprocess.run([sys.executable, "-m", "autograder", *arguments], capture_output=True, text=True, check=True)
    names = ", ".join(f"broken_{i:02}" for i in range(10))
    assert f"for a person: an archive that cannot be read: {names} and 2 more" in done.stdout.splitlines()
    assert not any(line.startswith("graded") or " ada" in line for line in done.stdout.splitlines())
