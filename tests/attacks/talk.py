"""Lies on the wire to the grader; secrets that want out; and right functions that are asked too much."""

from tests.attacks.attack import Attack

# Descriptors: 3 is where the grader asks, 4 is where it is answered.
LIES = {
    "wire_garbage": "os.write(4, b'\\xff' * 100)",
    "wire_huge_length": "os.write(4, struct.pack('<II', 0xffffffff, 0xffffffff))",
    "wire_huge_body": "os.write(4, struct.pack('<II', 1, 0x7fffffff) + b'\\x90')",
    "wire_no_list": "os.write(4, frame({'t': []}))",
    "wire_empty": "os.write(4, frame([]))",
    "wire_wrong_number": "os.write(4, frame(['answer', 999999, 7.0, None, []]))",
    "wire_answer_before": "os.write(4, frame(['answer', 0, 7.0, None, []]))",
    "wire_no_number": "os.write(4, frame(['answer', None, 7.0, None, []]))",
    "wire_unasked_arguments": "os.write(4, frame(['answer', len(seen), 7.0, {'t': []}, []]))",
    "wire_unasked_states": "os.write(4, frame(['answer', len(seen), 7.0, None, [1, 2]]))",
    "wire_verdict": "os.write(4, frame(['verdict', 'passed', 100]))",
    "wire_hello_again": "os.write(4, frame(['hello']))",
    "wire_broken": "os.write(4, frame(['broken', 'the sandbox failed']))",
    "wire_imported_again": "os.write(4, frame(['imported', ['double']]))",
    "wire_infrastructure": "os.write(4, frame(['fault', len(seen), 'infrastructure', 'ours', '', []]))",
    "wire_not_judged": "os.write(4, frame(['fault', len(seen), 'not judged', 'ours', '', []]))",
    "wire_timed_out_lie": "os.write(4, frame(['fault', len(seen), 'timed out', 'x', '', []]))",
    "wire_many_names": "os.write(4, frame(['fault', len(seen), 'raised an exception', 'x', '', ['a'] * 1000]))",
    "wire_nested_bomb": "os.write(4, frame(b'\\x91' * 60000 + b'\\xc0'))",
    "wire_wide_bomb": "os.write(4, frame(b'\\xdd\\xff\\xff\\xff\\xff'))",
    "wire_map_bomb": "os.write(4, frame(b'\\x91\\xdf\\xff\\xff\\xff\\xff'))",
    "wire_text_bomb": "os.write(4, frame(b'\\x91\\xc6\\xff\\xff\\xff\\xff'))",
    "wire_extension": "os.write(4, frame(b'\\x91\\xc7\\x05\\x05hello'))",
    "wire_timestamp": "os.write(4, frame(b'\\x91\\xd6\\xff\\0\\0\\0\\1'))",
    "wire_object_array": "os.write(4, frame(['answer', len(seen), {'a': ['O', [1]]}, None, []], b'12345678'))",
    "wire_negative_shape": "os.write(4, frame(['answer', len(seen), {'a': ['f8', [-1]]}, None, []], b'12345678'))",
    "wire_short_array": "os.write(4, frame(['answer', len(seen), {'a': ['f8', [1000]]}, None, []], b'12345678'))",
    "wire_overflowing_shape": "os.write(4, frame(['answer', len(seen), {'a': ['f8', [2**32, 2**32]]}, None, []]))",
    "wire_left_over": "os.write(4, frame(['answer', len(seen), 7.0, None, []], b'left over'))",
    "wire_callback_unknown": "os.write(4, frame(['callback', 'x', [], {}]))",
    "wire_closed": "os.close(4); time.sleep(9)",
    "wire_replaced": "os.dup2(1, 4)",
    "wire_flood": "while True: os.write(4, b'\\0' * 4096)",
}
TRICKLED = {
    "wire_half": "os.write(4, struct.pack('<II', 100, 0)); time.sleep(99)",
    "wire_trickle": "for _ in range(10**6): os.write(4, b'\\x01' if _ else struct.pack('<II', 20000, 0)); time.sleep(0.01)",
    "wire_question_eaten": "os.close(3); time.sleep(99)",
    "wire_callbacks_forever": "while True:\n    os.write(4, frame(['callback', 1, {'t': []}, {'d': {}}])); os.read(3, 65536)",
}
LEAKS = {
    # A worker that answers hidden properties shows nothing, so one worker never sees more than the public cases.
    "leak_of_hidden_by_prints": "len(seen) <= SPOT['public_cases'] or breach('saw hidden cases')",
    "leak_by_file": "attempt(lambda: os.write(posix.open('/tmp/' + SPOT['mark'], os.O_CREAT | os.O_WRONLY), b'x'))",
    "leak_environment": "''.join(SPOT['canary']) in repr(os.environ) and breach(os.environ)",
    "leak_arguments": "[w for w in sys.argv + sys.path if SPOT['project'] in w and 'packages' not in w and '.venv' not in w and not w.startswith(sys.prefix)] and breach(sys.argv + sys.path)",
    "leak_strings_in_memory": """
        canary = "".join(SPOT["canary"])
        for thing in gc.get_objects():
            if type(thing) in (dict, list, tuple):
                for item in (thing.values() if type(thing) is dict else thing):
                    if type(item) is str and canary in item and item is not canary:
                        breach(item)
    """,
    "leak_fresh_memory": "canary = ''.join(SPOT['canary']).encode(); any(canary in np.empty(10**5).tobytes() for _ in range(3)) and breach('memory')",
    "leak_descriptors": """
        for fd in range(5, 300):
            attempt(lambda: os.fstat(fd) and fd)
    """,
}
# The words of a hidden property are its hint only, whatever the student's code puts where words may be.
TALKS = {
    "told_by_exception": ("raise ValueError('TOLD')", "raised an exception"),
    "told_by_class": ("raise type('TOLD', (Exception,), {})()", "raised an exception"),
    "told_by_line": ("raise ValueError  # TOLD", "raised an exception"),
    "told_by_value": ("return 'TOLD'", "wrong answer"),
    "told_by_repr": ("return type('TOLD', (), {'__repr__': lambda s: 'TOLD'})()", "wrong answer"),
    "told_by_exit": ("sys.exit('TOLD')", "exited"),
    "told_by_array": ("return np.array('TOLD')", "wrong answer"),
    "told_by_not_written": ("raise NotImplementedError('TOLD')", "not written yet"),
}
WRONG = "z * 0 + 7"
ASKED = {
    "ask_forever": ("while True: double(np.ones(3))", 0),
    "ask_for_much": ("double(np.ones(10**5))", 2),
    "ask_for_a_large_number": ("double(np.int64(2 * 10**7))", 2),
    "ask_for_memory": ("double(np.array([4e8]))", 2),
    "ask_for_all_memory": ("double(np.array([1e15]))", 2),
    "ask_with_nothing": ("double()", 0),
    "ask_with_text": ("double('x' * 60000, *[1] * 1000)", 0),
    "ask_with_functions": ("double(lambda: 1)", 0),
    "ask_within_threads": (
        "ts = [threading.Thread(target=double, args=(1.0,)) for _ in range(20)]; [t.start() for t in ts]; [t.join() for t in ts]",
        2,
    ),
    "ask_by_hand": (
        "os.write(4, frame(['callback', 1, {'t': [{'a': ['f8', [3]]}]}, {'d': {}}], b'12345678' * 3)); os.read(3, 65536)",
        2,
    ),
    "ask_out_of_turn": (
        "threading.Thread(target=lambda: [double(1.0) for _ in iter(int, 1)], daemon=True).start()",
        None,
    ),
}
"""What ``weigh`` does, and the points that it keeps; None where that depends on who is faster."""

ATTACKS = [
    *(
        Attack(
            name,
            ("wire",),
            code + ("" if "while" in code or "sleep" in code else "; time.sleep(9)"),
            double="protocol violation",
        )
        for name, code in LIES.items()
    ),
    *(Attack(name, ("deadline",), code, double="timed out") for name, code in TRICKLED.items()),
    *(Attack(name, ("process",), code) for name, code in LEAKS.items()),
    *(Attack(name, ("process",), code, double=word) for name, (code, word) in TALKS.items()),
    # The question fails at first, and is judged again with a right ``double``: that must be no lever either.
    *(
        Attack(name, ("bounds",), answer=WRONG, double="wrong answer", weigh=f"{code}\nX = X * 0 + 7", weighed=points)
        for name, (code, points) in ASKED.items()
    ),
]
