"""A worker's call is relayed undecoded: what is wrong with it is found where it is decoded, and charged to the worker."""

from __future__ import annotations

import os
import random
import time

import numpy as np
import pytest

from autograder.model.calls import Answer, Call
from autograder.model.errors import Fault, StudentFault
from autograder.sandbox import relay, trusted
from autograder.wire.codec import Codec
from autograder.wire.types import PREFIX, Caps, Handle, UnsupportedValue
from autograder.wording.transcript import transcript
from tests.engine.sandbox.asking import ask

WORKERS = Codec(Caps(), lambda value: UnsupportedValue(type(value).__name__, ""), lambda value: value)
OURS = Codec(Caps(), lambda value: value, relay.from_wire)


class Proxy(relay.RelayedFunction):
    def __init__(self, function):
        self.function = function

    def __call__(self, frame):
        return trusted.shared.relay(self.function, False, frame, 1.0)[0]


def total(_first, *args, **kwargs):
    return np.sum([*args, *kwargs.values()]), []


def draw(_first, rng):
    return rng.random(), [rng]


def refuse(_first, kind):
    raise {"ValueError": ValueError, "Unheard": type("Unheard", (Exception,), {}), "exit": SystemExit}[kind]("no")


def sleep(_first, seconds):
    time.sleep(seconds)
    return seconds, []


def spin(_first):
    while True:
        pass


@pytest.fixture(autouse=True)
def _closed():
    yield
    trusted.close()


def replied(*fields, function=lambda *args: (len(args), [])):
    return WORKERS.unpack(relay.answer(OURS, WORKERS.pack(fields), function))


def test_a_call_is_answered():
    assert replied("callback", 3, (1.0, [2, 3]), {}) == ["result", 2, []]


def test_which_function_is_called_is_read_without_decoding():
    assert relay.function_number(WORKERS.pack(["callback", 3, (np.ones(3),), {}])) == 3
    assert relay.function_number(WORKERS.pack(["callback", 127, (), {}])) == 127
    for other in (
        ["callback", 128, (), {}],
        ["callback", -1, (), {}],
        ["callback", 3],
        ["answer", 3, 1, 2],
        ["callback"],
    ):
        assert relay.function_number(WORKERS.pack(other)) is None
    assert relay.function_number(b"") is None
    assert relay.function_number(PREFIX.pack(0, 0)) is None


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (("callback", 3, (np.ones(1_000_001),), {}), "ValueError"),
        (("callback", 3, (), {"n": 10**7}), "ValueError"),
        (("callback", 3, (np.int64(10**7),), {}), "ValueError"),
        (("callback", 3, ([object()],), {}), "TypeError"),
    ],
)
def test_what_no_function_should_compute_with_is_refused_in_the_students_code(fields, kind):
    assert replied(*fields)[::2] == ["failed", kind]


@pytest.mark.parametrize(
    "fields",
    [
        ("callback", 3, [], {}),
        ("callback", 3, (), ()),
        ("callback", "3", (), {}),
        ("callback", 3, (), {}, 4),
        ("callback", 3, (Handle(1),), {}),
        ("callback", 3, object(), {}),
        ("callback", 3, [object()], {}),
        ("callback", 3, (object(),), []),
        ("callback", 3, (), object()),
        ("callback", object(), (), {}),
        ("other", 3, (), {}),
        (),
    ],
)
def test_what_is_no_call_is_a_violation(fields):
    reply = relay.answer(OURS, WORKERS.pack(fields), lambda *_: (0, []))
    assert relay.violation(reply)


def test_what_cannot_be_handed_back_is_the_functions_fault():
    assert replied("callback", 3, (), {}, function=lambda: (np.empty((1,) * 17), []))[0] == "failed"


def test_any_bytes_give_a_reply_and_a_call_that_can_be_shown():
    rng = random.Random(0)
    wholes = [
        WORKERS.pack(["callback", 3, (np.arange(3.0), value, np.random.default_rng(0)), {"n": 3}])
        for value in (1, object())
    ]
    replies = set()
    for _ in range(5000):
        frame = bytearray(rng.choice(wholes))
        for _ in range(rng.randrange(1, 4)):
            frame[rng.randrange(PREFIX.size, len(frame))] = rng.randrange(256)
        reply = relay.answer(OURS, frame, lambda *args, **_: (len(args), []))
        replies.add(WORKERS.unpack(reply)[0])
        if not relay.violation(reply):
            args, kwargs, fields = relay.read(frame, reply)
            assert transcript([Answer(Call("f", args, kwargs), fields[1])])
    assert replies == {"result", "failed", "violation"}


def test_what_is_shown_of_a_call_controls_no_terminal():
    frame = WORKERS.pack(["callback", 3, ("\x1b[2J",), {"\x1b[2J": 1}])
    args, kwargs, fields = relay.read(frame, relay.answer(OURS, frame, lambda _: None))
    assert "unexpected keyword argument" in fields[1]
    assert "\x1b" not in "".join([*kwargs, fields[1], *map(str, transcript([Answer(Call("f", args, kwargs), 0)]))])


def test_generators_are_put_forward_in_the_worker(run):
    session = run("""
        import numpy as np
        def f(draw):
            rng, same = np.random.default_rng(5), np.random.default_rng(5)
            return [draw(rng), draw(rng), rng.random()], [same.random() for _ in range(3)]
    """)
    drawn, expected = ask(session, "f", (Proxy(draw),)).value
    assert drawn == expected


def test_what_a_function_raises_is_the_students_to_handle(run):
    session = run("""
        def f(g):
            found = []
            for kind in ("ValueError", "Unheard", "exit"):
                try:
                    g(kind)
                except Exception as error:
                    found.append(f"{type(error).__name__}: {error}")
            return found
    """)
    assert ask(session, "f", (Proxy(refuse),)).value == ["ValueError: no", "RuntimeError: no", "RuntimeError: no"]


def test_values_of_all_sizes_arrive(run):
    session = run("""
        import numpy as np
        def f(total):
            return [total(np.ones(n)) for n in (0, 1, 10_000, 1_000_000)] + [total(1, x=2.5)]
    """)
    assert ask(session, "f", (Proxy(total),)).value == [0, 1, 10_000, 1_000_000, 3.5]


FORGED = """
import os
def f(g):
    header = HEADER
    os.write(4, len(header).to_bytes(4, "little") + (0).to_bytes(4, "little") + header)
    while True:
        pass
"""


@pytest.mark.parametrize(
    "header",
    [
        b"\x94\xa8callback\x01",
        b"\x94\xa8callback\x01\x90\x80",
        b"\x94\xa8callback\x01\x81\xa1t\x90\x81\xa1d\xc1",
        b"\xc1",
    ],
)
def test_a_forged_call_ends_the_worker_as_a_violation(run, header):
    session = run(FORGED.replace("HEADER", repr(header)))
    with pytest.raises(StudentFault) as caught:
        ask(session, "f", (Proxy(total),))
    assert caught.value.fault is Fault.PROTOCOL


def test_a_call_that_takes_too_long_ends_the_property(run):
    session = run("def f(g):\n    try:\n        g()\n    except Exception:\n        pass")
    with pytest.raises(StudentFault) as caught:
        ask(session, "f", (Proxy(spin),))
    assert caught.value.fault is Fault.TIMED_OUT


def test_the_time_that_calls_take_is_no_waiting_of_the_worker(run):
    session = run("def f(g):\n    return [g(0.1) for _ in range(10)]")
    assert ask(session, "f", (Proxy(sleep),)).value == [0.1] * 10


def test_a_call_does_not_count_as_an_answer_that_is_kept(run):
    session = run("import numpy as np\ndef f(g):\n    for _ in range(20):\n        g(np.ones(100_000))")
    before = session._budget.answers
    ask(session, "f", (Proxy(total),))
    assert before - session._budget.answers < 10_000


def test_warnings_about_a_module_are_shown_by_the_worker_that_imports_it_only(run, capfd):
    session = run("def f():\n    return 1 is 1")
    session.functions()
    other = session.branch(session._budget)
    assert ask(other, "f").value is True
    assert "SyntaxWarning" in session.output
    other.close()
    assert not other.output
    assert not any(capfd.readouterr())


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="a system that does not say where a process runs")
def test_the_process_runs_where_it_is_moved_to():
    before = os.sched_getaffinity(0)
    trusted.shared.register([total])
    trusted.shared.start()
    try:
        for core in sorted(before):
            os.sched_setaffinity(0, {core})
            trusted.shared.move_here()
            assert trusted.shared.call(_cores, (), {}, 1.0) == [core]
    finally:
        os.sched_setaffinity(0, before)


def _cores():
    return sorted(os.sched_getaffinity(0))
