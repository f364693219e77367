"""Many calls asked in one go: the same answers, and no message about a worker that was lost on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder.model.calls import Call
from autograder.model.errors import Fault, StudentFault
from autograder.model.limits import Limits
from autograder.sandbox.batches import Batch
from autograder.sandbox.sandbox import Sandbox
from autograder.wire.types import WireError
from tests.engine.sandbox.asking import ask

LIMITS = Limits(call_seconds=0.3, import_seconds=2.0, submission_seconds=20.0, wall_factor=2.0, memory=96 << 20)
SOURCE = """
import os
import sys
import numpy as np

calls = 0

def f(z, rng=None, after=0):
    global calls
    calls += 1
    print("call", calls)
    if z == 13:
        raise ValueError("thirteen")
    if z == 14:
        sys.exit(2)
    if z == 15:
        os._exit(0)
    if z == 16:
        while True:
            pass
    if z == 17:
        return object()
    if z == 18:
        return np.zeros(20_000) + z
    return z + rng.random() if rng else 2 * z

def count():
    return calls

def change(x):
    x += 1
    return x.sum()

def keep(g):
    global kept
    kept = g

def use_kept(z):
    return kept(z)
"""


def batch(*values, function="f", hidden=False):
    return Batch.of([Call(function, (v,), hidden=hidden) for v in values], LIMITS)


def ask_all(session, asked, seconds=1.0):
    replies = session.call_all(asked, seconds=seconds)
    return [a.fault or a.value for a in replies.answers] if replies else []


@pytest.mark.parametrize("hidden", [False, True])
def test_all_answers_come_in_the_order_of_the_calls(run, hidden):
    session = run(SOURCE, LIMITS)
    assert ask_all(session, batch(*range(10), *range(20, 100), hidden=hidden)) == [
        2 * z for z in (*range(10), *range(20, 100))
    ]
    assert ask(session, "count", (), {}, hidden=hidden).value == 90
    assert ask(session, "count", (), {}, hidden=not hidden).value == 0


def test_a_batch_serves_several_submissions(run):
    asked = batch(1, 2, 3)
    assert ask_all(run(SOURCE, LIMITS), asked) == [2, 4, 6]
    assert ask_all(run("def f(z): return -z", LIMITS), asked) == [-1, -2, -3]


def test_the_same_replies_have_the_same_digest_and_are_decoded_when_asked_for(run):
    asked = batch(1, 2, 13)
    first, second, other = (
        run(source, LIMITS).call_all(asked, seconds=1.0, known=lambda _: True)
        for source in (SOURCE, SOURCE, "def f(z): return 2.0 * z")
    )
    assert first.digest == second.digest != other.digest
    assert "answers" not in vars(second)
    assert [a.value for a in second.answers][:2] == [2, 4]
    assert [a.value for a in other.answers] == [2.0, 4.0, 26.0]


def test_what_a_living_worker_says_is_the_answer_of_that_call(run):
    session = run(SOURCE, LIMITS)
    first, fault, stranger, last = ask_all(session, batch(1, 13, 17, 2))
    assert (first, last) == (2, 4)
    assert (fault.fault, fault.message) == (Fault.RAISED, "ValueError: thirteen")
    assert "raise ValueError" in fault.where
    assert stranger.type_name == "object"


def test_long_answers_come_in_several_frames(run):
    found = ask_all(run(SOURCE, LIMITS), batch(1, 18, 18, 2, 18))
    assert [np.shape(v) for v in found] == [(), (20_000,), (20_000,), (), (20_000,)]
    assert found[1][0] == 18


@pytest.mark.parametrize("deadly", [14, 15, 16])
def test_of_a_worker_that_was_lost_nothing_is_believed_and_each_call_can_still_be_made(run, deadly):
    session = run(SOURCE, LIMITS)
    session.functions()
    assert ask_all(session, batch(1, 2, deadly, 3), seconds=0.3) == []
    assert ask_all(session, batch(1, 2)) == []
    assert ask(session, "f", (1,), {}).value == 2
    with pytest.raises(StudentFault) as caught:
        ask(session, "f", (deadly,), {})
    assert caught.value.fault in (Fault.EXITED, Fault.TIMED_OUT)
    assert ask(session, "count", (), {}).value == 0
    # What was printed on the way to nothing is not shown twice.
    assert session.output == "call 1\ncall 2\n"


def test_generators_and_arguments_come_back_as_the_call_left_them(run):
    rng = np.random.default_rng(7)
    requests = [
        Call("f", (1.0, rng), {}),
        Call("change", (np.arange(3.0),), {}, want_arguments=True),
        Call("f", (1.0,), {"rng": np.random.default_rng(8)}),
    ]
    found = run(SOURCE, LIMITS).call_all(Batch.of(requests, LIMITS), seconds=1.0).answers
    there = np.random.default_rng(7)
    assert found[0].value == 1 + there.random()
    assert found[0].generators[0].bit_generator.state == there.bit_generator.state
    assert rng.bit_generator.state == np.random.default_rng(7).bit_generator.state
    assert found[1].arguments[0].tolist() == [1, 2, 3]
    assert found[2].generators[0].random() == [*np.random.default_rng(8).random(2)][1]


def test_too_slow_together_is_no_fault_of_any(run):
    session = run(
        "import time\ndef f(z):\n    t = time.process_time()\n    while time.process_time() < t + 0.1: pass\n    return z",
        LIMITS,
    )
    assert ask_all(session, batch(1, 2, 3, 4), seconds=0.25) == []
    assert [ask(session, "f", (z,), {}).value for z in (1, 2)] == [1, 2]


def test_a_function_kept_from_an_earlier_call_cannot_be_called_meanwhile(run):
    session = run(SOURCE, LIMITS)
    ask(session, "keep", (lambda z: z,), {})
    (replies,) = session.call_all(batch(1, function="use_kept"), seconds=1.0).answers
    assert "only valid during the call" in str(replies.fault)


def test_what_stands_in_for_a_function_is_called_from_a_batch(run):
    session = run("def g(z): return 0\ndef f(z): return g(z) + 1", LIMITS)
    session.replace("g", lambda z: 10 * z)
    assert ask_all(session, batch(*range(100))) == [10 * z + 1 for z in range(100)]


def test_where_a_stand_in_gives_no_answer_each_call_says_so_itself(run):
    def g(z):
        if z == 2:
            raise StudentFault(Fault.TIMED_OUT, "no answer within 1 s")
        return 10 * z

    session = run("def g(z): return 0\ndef f(z): return g(z) + 1", LIMITS)
    session.replace("g", g)
    assert ask_all(session, batch(1, 2, 3)) == []
    assert [session.call(Call("f", (z,))).value for z in (1, 3)] == [11, 31]
    assert session.call(Call("f", (2,))).fault.fault is Fault.TIMED_OUT


@pytest.fixture
def own_sandbox():
    with Sandbox() as sandbox:
        yield sandbox


IN_PLACE = "def f(z):\n    z += 1\n    return z.sum()"


def arrays(*values, hidden=False):
    return Batch.of([Call("f", (np.full(3, v),), hidden=hidden) for v in values], LIMITS)


@pytest.mark.parametrize("early", [True, False], ids=["before it starts", "while it runs"])
def test_preloaded_calls_are_the_same_for_every_worker_and_each_time(run, own_sandbox, early):
    first, second = arrays(1.0, 2.0), arrays(3.0)
    if not early:
        assert ask_all(run(IN_PLACE, LIMITS, within=own_sandbox), first) == [6.0, 9.0]
    own_sandbox.preload([first, first, second], LIMITS)  # equal ones are loaded once
    own_sandbox.preload([second, arrays(5.0)], LIMITS)
    for _ in range(2):
        session = run(IN_PLACE, LIMITS, within=own_sandbox)
        for _ in range(2):  # the second time they are sent: the functions may have changed them
            assert ask_all(session, arrays(5.0)) == [18.0]
            assert ask_all(session, second) == [12.0]
            assert ask_all(session, first) == [6.0, 9.0]


SEEN = """
import gc
import numpy as np

def f(z):
    gc.unfreeze()
    lists = [o for o in gc.get_objects() if type(o) is list]
    return sum(1 for o in lists for v in o if type(v) is np.ndarray and v.size == 3 and v[0] == 77.0)
"""


def test_hidden_calls_are_preloaded_nowhere(run, own_sandbox):
    own_sandbox.preload([arrays(77.0, hidden=True), arrays(1.0)], LIMITS)
    assert ask_all(run(SEEN, LIMITS, within=own_sandbox), arrays(1.0)) == [0]
    own_sandbox.preload([arrays(77.0)], LIMITS)
    assert ask_all(run(SEEN, LIMITS, within=own_sandbox), arrays(1.0)) != [0]  # so it would have been seen


def test_functions_cannot_be_packed(run):
    session = run(SOURCE, LIMITS)
    with pytest.raises(WireError, match="function"):
        batch(len)
    assert ask_all(session, batch(1)) == [2]


FORGER = """
import os
import autograder.wire.codec as wire

def f(z):
    frame = {forged}
    os.write(4, frame)
    return z
"""


@pytest.mark.parametrize(
    "forged",
    [
        "b'\\\\xff' * 64",
        "wire.PREFIX.pack(1, 0) + b'\\\\x90'",
        "wire.PREFIX.pack(2, 0) + b'\\\\x91\\\\x90'",
        "wire.PREFIX.pack(2, 0) + b'\\\\x91\\\\x01'",
        "wire.Codec(wire.Caps(), None, None).pack([['answer', 0, 1.0, None, []]] * 9)",
        "wire.Codec(wire.Caps(), None, None).pack([['answer', 5, 1.0, None, []]])",
    ],
    ids=["noise", "nothing", "no kind", "no list", "too many", "another's"],
)
def test_forged_frames_lose_the_worker(run, forged):
    session = run(FORGER.replace("{forged}", forged.replace("\\\\", "\\")), LIMITS)
    assert "f" in session.functions()
    assert ask_all(session, batch(1, 2)) == []


def test_what_was_lost_together_is_not_charged(run, sandbox):
    limits = replace(LIMITS, submission_seconds=0.6)
    session = run(
        "import time\ndef f(z):\n    t = time.process_time()\n    while time.process_time() < t + 0.1: pass\n    return z",
        limits,
    )
    assert ask_all(session, batch(1, 2, 3, 4), seconds=0.25) == []
    assert [ask(session, "f", (z,), {}).value for z in (1, 2, 3, 4)] == [1, 2, 3, 4]
