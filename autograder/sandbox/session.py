"""One submission's functions, called in its workers."""

from __future__ import annotations

import contextlib
import marshal
import time
import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from autograder.model.calls import Answer, Call
from autograder.model.errors import LOST, Fault, InfrastructureError, StudentFault
from autograder.sandbox import trusted
from autograder.sandbox.batches import Batch, Replies, exchange
from autograder.sandbox.relay import RelayedFunction, function_number
from autograder.sandbox.replies import read_answer, read_fault
from autograder.sandbox.stopwatch import Stopwatch
from autograder.sandbox.worker.handle import RemoteWorker, WorkerLost
from autograder.sandbox.worker.sources import file_of
from autograder.sandbox.worker.zygote import named_in
from autograder.source.execution import compiled
from autograder.wire.convert import Callbacks, sanitize
from autograder.wire.types import WireError, generator_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from autograder.model.limits import Limits
    from autograder.model.submission import Submission
    from autograder.sandbox.budget import Budget
    from autograder.sandbox.worker.launcher import ZygoteProcess

_MESSAGE = 2000
_NO_CODE = np.empty(0, np.uint8)
_MOST_LEFT_OUT = 10


def _marshalled(source: np.ndarray[Any, Any], file: str) -> np.ndarray[Any, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the worker that compiles it first shows them
        code = compiled(bytes(source).decode("utf-8", "surrogatepass"), file)
    return np.frombuffer(marshal.dumps(code), np.uint8)


trusted.register([_marshalled])


class Session:
    """One submission's functions, in workers that are started when first needed, and afresh after they were lost.

    A call with ``hidden`` goes to a worker of its own, so that nothing that has seen hidden inputs
    is ever shown. The two never live at the same time, so that one cannot signal to the other.
    """

    def __init__(
        self,
        zygote: Callable[[], ZygoteProcess],
        submission: Submission,
        module_name: str,
        limits: Limits,
        budget: Budget,
        names: Mapping[bool, frozenset[str]] | None = None,
    ) -> None:
        self._zygote = zygote
        self._submission = submission
        self._module = module_name
        self._limits = limits
        self._budget = budget
        texts = {module_name: submission.source, **submission.helpers}
        # As arrays of bytes: a text in the header may not be long.
        encoded = {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}
        self._sources = {name: np.frombuffer(data, np.uint8) for name, data in encoded.items()}
        self._texts = {file_of(name.removesuffix(".__init__")): text for name, text in texts.items()}
        self._code = _NO_CODE
        self._load = named_in(texts.values())
        self._callbacks = Callbacks()
        self._stand_ins: dict[str, Callable[..., Any]] = {}
        self._workers: dict[bool, RemoteWorker] = {}
        self._names = dict(names or {})
        self._broken: dict[bool, StudentFault] = {}
        self._lost: list[StudentFault] = []
        self._raised: Exception | None = None
        self._depth = 0
        self._calls = 0
        self._printed = ""
        self._one_by_one = False
        self.left_out: tuple[str, ...] = ()
        """What of the module failed when it was imported, a line each."""

    def branch(self, budget: Budget) -> Session:
        """Another session on the same submission; what its module prints while it is imported is not printed again."""
        found = Session(self._zygote, self._submission, self._module, self._limits, budget, self._names)
        found._code = self._compiled
        return found

    @cached_property
    def _compiled(self) -> np.ndarray[Any, Any]:
        """The code of the module, compiled in a process that may crash; empty where it cannot be, or is too large."""
        args = (self._sources[self._module], file_of(self._module))
        try:
            code = np.asarray(trusted.call(_marshalled, args, {}, self._limits.import_seconds))
        except StudentFault:
            return _NO_CODE
        size = code.size + sum(source.size for source in self._sources.values())
        return code if code.size <= self._limits.array_elements and size < self._limits.frame // 2 else _NO_CODE

    # --- what the grader asks ---

    def functions(self) -> frozenset[str]:
        """Names of the public callables that the module defines or imports at its top level.

        Raises StudentFault when it cannot be imported.
        """
        self._worker(hidden=False)
        return self._names[False]

    def call(self, call: Call, *, seconds: float | None = None) -> Answer:
        """Call a function of the student's.

        Args:
            call: the call.
            seconds: CPU seconds it may take, instead of what the budget gives to one call.

        Raises:
            InfrastructureError: the grader failed. What a function among the arguments raises is raised, too.

        """
        try:
            return self._call(call, self._budget.next_call() if seconds is None else seconds)
        except StudentFault as fault:
            self._budget.crashed |= fault.fault is Fault.CRASHED
            return Answer(call, fault=fault)

    def _call(self, call: Call, seconds: float) -> Answer:
        worker = self._worker(hidden=call.hidden)
        seconds = min(seconds, self._budget.seconds)
        self._calls += 1
        number = self._calls
        generators = [value for value in (*call.args, *call.kwargs.values()) if type(value) is np.random.Generator]
        watch = self._watch(worker, seconds)
        with self._exchange(worker, watch, hidden=call.hidden, seconds=seconds):
            kwargs = dict(call.kwargs)
            worker.send(watch, "call", number, call.function, call.args, kwargs, call.want_arguments)
            fields = self._converse(worker, watch)
            used = watch.used()
            if used > seconds:
                raise worker.timed_out(watch.too_long())
            return read_answer(worker, fields, number, call, generators, used)
        raise AssertionError  # the context manager lets no exception pass unraised

    def call_all(
        self, batch: Batch, *, seconds: float, known: Callable[[bytes], bool] = lambda _: False
    ) -> Replies | None:
        """Make all calls of ``batch``, in order.

        Args:
            batch: the calls.
            seconds: CPU seconds that they may take together.
            known: whether replies with this digest were decoded before, and need not be now.

        Returns:
            The replies, decoded unless they are known. None when the worker was lost on the way, and ever after:
            only calling one by one can tell what each call does.

        """
        if self._one_by_one:
            return None
        hidden = batch.hidden
        try:
            worker = self._worker(hidden=hidden)
        except StudentFault:
            return None  # a call will say so
        self._keep_output(worker)
        seconds, memory = min(seconds, self._budget.seconds), self._budget.answers
        watch = Stopwatch(worker.pid, seconds, seconds)  # no allowance for waiting: this time is not charged
        try:
            replies, used = self._exchange_batch(worker, watch, batch), watch.used()
            if not known(replies.digest):
                _ = replies.answers
        except StudentFault:
            self._one_by_one = True  # no answer is kept; what was printed will be printed again
            self._budget.answers = memory
            worker.output()
            self._drop(worker, hidden=hidden)
            return None
        except BaseException:
            self._drop(worker, hidden=hidden)
            raise
        self._budget.spend(used, watch.spent())
        return replies

    def replace(self, function: str, stand_in: Callable[..., Any]) -> None:
        """Put ``stand_in``, which runs in the grader, in the place of one of the module's functions."""
        self._stand_ins[function] = stand_in
        for hidden, worker in list(self._workers.items()):
            self._put_in_place(worker, function, hidden=hidden)

    @property
    def limits(self) -> Limits:
        """The bounds on the submission."""
        return self._limits

    def renew(self, *, hidden: bool) -> None:
        """End the worker for hidden calls, or for public ones: the next call starts another.

        Calls and handles are numbered from the start again: the new worker cannot tell how many there were before.
        """
        if worker := self._workers.get(hidden):
            self._drop(worker, hidden=hidden)
        self._calls = 0
        self._callbacks.restart()

    @property
    def output(self) -> str:
        """What the student's code printed so far, except in hidden calls; capped."""
        if worker := self._workers.get(False):
            self._keep_output(worker)
        return self._printed

    def close(self) -> None:
        """End the workers."""
        for hidden, worker in list(self._workers.items()):
            self._drop(worker, hidden=hidden)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # --- one call ---

    @contextlib.contextmanager
    def _exchange(
        self, worker: RemoteWorker, watch: Stopwatch, *, hidden: bool, seconds: float | None = None
    ) -> Iterator[None]:
        """Charge a call to the budget, drop a worker that it cost, raise what one of our functions raised meanwhile.

        Args:
            worker: which is called.
            watch: measures the call.
            hidden: whether it is the worker of hidden properties.
            seconds: CPU seconds of a student's call, all of them charged where it takes too long. None where the
                property is not charged: a module is imported, or a function replaced.

        """
        charge = 0.0
        outer, self._raised = self._raised, None
        first = self._callbacks.next
        self._depth += 1
        try:
            yield
            charge = watch.computed() if seconds else 0.0
        except StudentFault as fault:
            if fault.fault in LOST:
                charge = (seconds if fault.fault is Fault.TIMED_OUT else watch.computed()) if seconds else 0.0
                self._lost.append(fault)
                self._drop(worker, hidden=hidden)
            if self._raised is None:
                raise
        except WireError as error:
            raise InfrastructureError(f"an argument cannot be handed to the student's code: {error}") from error
        except BaseException:
            self._drop(worker, hidden=hidden)  # it may be in the middle of an answer
            raise
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._budget.spend(charge, watch.spent())
            self._callbacks.drop_from(first)
            raised, self._raised = self._raised, outer
        if raised is not None:
            raise raised

    def _watch(self, worker: RemoteWorker, seconds: float) -> Stopwatch:
        return Stopwatch(worker.pid, seconds, min(seconds * self._limits.wall_factor, self._budget.seconds))

    def _converse(self, worker: RemoteWorker, watch: Stopwatch) -> list[Any]:
        """The next message that is not a callback."""
        while True:
            frame = worker.receive_frame(watch)
            if self._answer_relayed(worker, watch, frame):
                continue
            fields = worker.message(frame)
            if fields[0] != "callback":
                return fields
            self._call_back(worker, watch, fields)

    def _answer_relayed(self, worker: RemoteWorker, watch: Stopwatch, frame: bytes) -> bool:
        """Answer a frame that calls a relayed function, and keep nothing of it; False where it calls none."""
        function = self._callbacks.functions.get(function_number(frame) or 0)
        if not isinstance(function, RelayedFunction):
            return False
        worker.check(watch)
        self._relay(worker, watch, function, frame)
        worker.forget(frame)
        return True

    def _relay(self, worker: RemoteWorker, watch: Stopwatch, function: RelayedFunction, frame: bytes) -> None:
        started = time.monotonic()
        try:
            reply = function(frame)
        except WireError as error:
            raise worker.violation(str(error)) from error
        except Exception as error:  # noqa: BLE001  (raised again when the student's call has returned)
            watch.exclude(time.monotonic() - started)
            self._failed(worker, watch, error)
        else:
            watch.exclude(time.monotonic() - started)
            worker.write(watch, reply)

    def _failed(self, worker: RemoteWorker, watch: Stopwatch, error: Exception) -> None:
        self._raised = self._raised or error
        worker.send(watch, "failed", f"{type(error).__name__}: {error}"[:_MESSAGE], "")

    def _exchange_batch(self, worker: RemoteWorker, watch: Stopwatch, batch: Batch) -> Replies:
        """Only what replaces a function of the student's can be called from a batch."""

        def call_back(frame: bytes) -> None:
            if not self._answer_relayed(worker, watch, frame):
                self._call_back(worker, watch, worker.message(frame))

        replies = exchange(worker, watch, batch, call_back)
        raised, self._raised = self._raised, None
        if raised is not None:
            raise worker.violation("one of our functions gave no answer")  # one by one, the call will say which
        return replies

    def _call_back(self, worker: RemoteWorker, watch: Stopwatch, fields: list[Any]) -> None:
        worker.check(watch)
        match fields:
            case ["callback", int(number), tuple(args), dict(kwargs)]:
                self._reply(worker, watch, number, args, kwargs)
            case _:
                raise worker.violation("a callback of the wrong form")

    def _reply(
        self, worker: RemoteWorker, watch: Stopwatch, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        function = self._callbacks.functions.get(number)
        if function is None or isinstance(function, RelayedFunction):  # which is called as workers do, or not at all
            worker.send(watch, "failed", "this callback is only valid during the call that received it", "")
            return
        try:
            value = function(*args, **kwargs)
            generators = [v for v in (*args, *kwargs.values()) if type(v) is np.random.Generator]
            worker.send(watch, "result", value, [generator_state(g) for g in generators])
        except WorkerLost:
            raise
        except Exception as error:  # noqa: BLE001  (raised again when the student's call has returned)
            self._failed(worker, watch, error)

    # --- workers ---

    def _worker(self, *, hidden: bool) -> RemoteWorker:
        """The worker for such calls, with the module imported; started when there is none."""
        self._budget.check()
        if worker := self._workers.get(hidden):
            return worker
        if hidden in self._broken:
            raise _again(self._broken[hidden])
        if len(self._lost) > self._limits.restarts:
            raise _again(self._lost[-1])
        if other := self._workers.get(not hidden):  # it could signal to this one what it has seen
            self._drop(other, hidden=not hidden)
        worker = RemoteWorker(
            self._zygote(),
            self._limits,
            self._budget,
            self._callbacks,
            self._load,
            shown=not hidden,
            texts=self._texts,
        )
        self._workers[hidden] = worker
        try:
            worker.greet()
            names = self._import(worker, hidden=hidden)
        except StudentFault as fault:
            self._broken[hidden] = fault
            self._drop(worker, hidden=hidden)
            raise
        if hidden in self._names:
            worker.output()  # what the module prints while imported is known already
        self._names[hidden] = names
        for function in self._stand_ins:
            self._put_in_place(worker, function, hidden=hidden)
        return worker

    def _import(self, worker: RemoteWorker, *, hidden: bool) -> frozenset[str]:
        seconds = min(self._limits.import_seconds, self._budget.seconds)
        watch = self._watch(worker, seconds)
        with self._exchange(worker, watch, hidden=hidden):
            worker.send(watch, "import", self._module, self._sources, self._code, seconds)
            fields = worker.receive(watch)
            match fields:
                case ["imported", list(names), list(lines)] if all(type(text) is str for text in [*names, *lines]):
                    if not hidden:
                        self.left_out = tuple(sanitize(line) for line in lines[:_MOST_LEFT_OUT])
                    return frozenset(names)
                case ["fault", *_]:
                    raise read_fault(worker, fields)
                case _:
                    raise worker.violation("no message about its import")
        raise AssertionError  # the context manager lets no exception pass unraised

    def _put_in_place(self, worker: RemoteWorker, function: str, *, hidden: bool) -> None:
        watch = self._watch(worker, min(self._limits.call_seconds, self._budget.seconds))
        with self._exchange(worker, watch, hidden=hidden):
            handle = self._callbacks.add_permanent(self._stand_ins[function])
            worker.send(watch, "replace", function, handle)
            if worker.receive(watch) != ["replaced"]:
                raise worker.violation("no message about a replacement")

    def _drop(self, worker: RemoteWorker, *, hidden: bool) -> None:
        if self._workers.get(hidden) is worker:
            del self._workers[hidden]
        if not hidden:
            self._keep_output(worker)
        worker.close()

    def _keep_output(self, worker: RemoteWorker) -> None:
        self._printed = (self._printed + sanitize(worker.output()))[: self._limits.output]


def _again(fault: StudentFault) -> StudentFault:
    return StudentFault(fault.fault, fault.message, fault.where, fault.type_names)
