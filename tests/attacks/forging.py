"""Wrong answers that want to be taken for right ones."""

from tests.attacks.attack import Attack

# Where the student's code runs there is no score, no test and no reference: nothing that it replaces matters.
REPLACED = {
    "forge_otter_doctest": "import otter.test_files.ok_test as m; m.run_doctest = lambda *a: (True, '')",
    "forge_otter_results": "from otter.test_files import GradingResults as G; G.__init__ = lambda *a: None",
    "forge_allclose": "np.allclose = np.isclose = np.array_equal = lambda *a, **k: True",
    "forge_assertions": "import numpy.testing as t; t.assert_allclose = t.assert_array_equal = lambda *a, **k: None",
    "forge_builtins": "import builtins; builtins.all = builtins.isinstance = builtins.any = lambda *a: True",
    "forge_abs": "import builtins; builtins.abs = lambda x: 0; builtins.max = lambda *a, **k: 0",
    "forge_our_modules": """
        for module in [m for n, m in sys.modules.items() if n.startswith("autograder")]:
            for key, value in list(vars(module).items()):
                if inspect.isclass(value):
                    for method in ("score", "judge", "verdict", "points"):
                        try:
                            setattr(value, method, 100)
                        except Exception:
                            pass
    """,
    "forge_worker": """
        for thing in gc.get_objects():
            if type(thing).__name__ == "Worker":
                thing._describe = lambda error: ("passed", "", "", [])
    """,
    "forge_codec": """
        for thing in gc.get_objects():
            if type(thing).__name__ == "Codec":
                pack, part = thing.pack, thing.part
                thing.pack = lambda fields: pack(["answer", fields[1], True, None, []])
                thing.part = lambda fields: part(["answer", fields[1], True, None, []])
    """,
    "forge_trace": "sys.settrace(lambda *a: None); sys.setprofile(lambda *a: None)",
    "forge_ufuncs": "np.subtract = np.equal = np.less = lambda *a, **k: np.zeros(1)",
    "forge_seterr": "np.seterr(all='raise'); np.set_printoptions(threshold=0, formatter={'all': lambda x: '0'})",
    "forge_import_hook": "sys.meta_path.insert(0, type('F', (), {'find_spec': lambda *a: None})())",
    "forge_exit_hook": "import atexit; atexit.register(print, 'all tests passed')",
    "forge_printed_results": 'print(\'{"score": 100, "tests": [{"score": 4, "max_score": 4, "status": "passed"}]}\')',
    "forge_answer_by_name": "globals()['weigh'] = globals()['reference'] = lambda *a: 7.0",
}
FOUND = {
    "find_expected_in_frames": """
        f = sys._getframe()
        while f:
            if {"reference", "expected", "wanted"} & set(f.f_locals):
                breach(list(f.f_locals))
            f = f.f_back
    """,
    "find_reference_in_memory": """
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType) and thing.__name__ == "double" and thing is not double:
                breach(thing)
            if isinstance(thing, types.ModuleType) and "reference" in thing.__name__:
                breach(thing)
    """,
    "find_tests_among_modules": """
        for name in ("autograder.checks", "autograder.grade", "autograder.batch", "otter.test_files"):
            if name in sys.modules and getattr(sys.modules[name], "__file__", None):
                breach(name)
    """,
    "find_tests_by_import": "from autograder.grade import Assignment; breach(Assignment)",
}
# Values that would pass if they were compared where they can answer for themselves.
VALUES = {
    "value_equal_to_all": (
        "type('E', (), {'__eq__': lambda s, o: True, '__ne__': lambda s, o: False})()",
        "wrong answer",
    ),
    "value_evil_array": (
        "type('A', (), {'__array__': lambda s, *a, **k: np.full(np.shape(z), 7.0)})()",
        "wrong answer",
    ),
    "value_array_raises": ("type('A', (), {'__array__': lambda s, *a, **k: 1 / 0})()", "wrong answer"),
    "value_array_exits": ("type('A', (), {'__array__': lambda s, *a, **k: sys.exit(0)})()", "exited"),
    "value_evil_float": (
        "type('F', (float,), {'__eq__': lambda s, o: True, '__sub__': lambda s, o: 0.0})(7)",
        "wrong answer",
    ),
    "value_evil_len": (
        "type('L', (list,), {'__len__': lambda s: 10**18, '__eq__': lambda s, o: True})([7])",
        "wrong answer",
    ),
    "value_endless_list": ("type('L', (list,), {'__iter__': lambda s: iter(int, 1)})([7])", "timed out"),
    "value_lies_about_class": (
        "type('C', (), {'__class__': property(lambda s: np.ndarray), 'shape': np.shape(z)})()",
        "wrong answer",
    ),
    "value_evil_subclass": (
        "np.full(np.shape(z), 7.0).view(type('S', (np.ndarray,), {'__array_ufunc__': lambda *a, **k: 0.0, '__eq__': lambda s, o: True}))",
        "wrong answer",
    ),
    "value_masked": ("np.ma.masked_all(np.shape(z))", "wrong answer"),
    "value_nan": ("np.full(np.shape(z), np.nan)", "wrong answer"),
    "value_inf": ("np.full(np.shape(z), np.inf)", "wrong answer"),
    "value_complex": ("right(z) + 1e300j", "wrong answer"),
    "value_object_array": (
        "np.array([type('E', (), {'__eq__': lambda s, o: True})()] * 3, dtype=object)",
        "wrong answer",
    ),
    "value_text": ("'all tests passed'", "wrong answer"),
    "value_true": ("True", "wrong answer"),
    "value_none": ("None", "wrong answer"),
    "value_generator": ("(x for x in range(3))", "wrong answer"),
    "value_function": ("lambda *a: True", "wrong answer"),
    "value_pickle_bomb": (
        "type('P', (), {'__reduce__': lambda s: (os.system, ('touch ' + SPOT['evidence'] + '/pickle',))})()",
        "wrong answer",
    ),
    "value_structured": ("np.zeros(3, dtype=[('a', 'f8'), ('b', 'O')])", "wrong answer"),
    "value_strided_lie": ("np.lib.stride_tricks.as_strided(np.zeros(1), (9, 9), (0, 0))", "wrong answer"),
    "value_ragged": ("[[1.0], [2.0, 3.0], 'x', None, {}]", "wrong answer"),
    "value_evil_dict": ("{'shape': (3,), '__class__': 'ndarray', 'a': ['f8', [1]]}", "wrong answer"),
}
RAISED = {
    "raise_our_error": "raise type('InfrastructureError', (Exception,), {})('not my fault')",
    "raise_skip": "import unittest; raise unittest.SkipTest('skip me')",
    "raise_assumption": "raise type('UnsatisfiedAssumption', (BaseException,), {})()",
    "raise_odd_text": "raise type('O', (Exception,), {'__str__': lambda s: os._exit(0) if False else 1 / 0})()",
    "raise_interrupt": "raise KeyboardInterrupt",
    "raise_huge_text": "raise ValueError('x' * 10**7)",
    "raise_deep_cause": """
        error = None
        for _ in range(20_000):
            new = ValueError("deep")
            new.__cause__ = error
            error = new
        raise error
    """,
    "raise_group": "raise BaseExceptionGroup('many', [KeyboardInterrupt()] * 1000)",
    "raise_generator_exit": "raise GeneratorExit",
}

ATTACKS = [
    *(
        Attack(name, ("process",), top=code, answer="np.full(np.shape(z), 7.0)", double="wrong answer")
        for name, code in REPLACED.items()
        if name not in ("forge_codec", "forge_import_hook")
    ),
    Attack("forge_codec", ("process", "wire"), REPLACED["forge_codec"], answer="7.0", double="wrong answer", weighed=2),
    *(Attack(name, ("process",), code) for name, code in FOUND.items() if name != "find_tests_by_import"),
    Attack(
        "find_tests_by_import",
        ("process",),
        top=FOUND["find_tests_by_import"],  # what fails at import is left out
    ),
    *(Attack(name, ("wire",), answer=value, double=reason) for name, (value, reason) in VALUES.items()),
    *(Attack(name, ("process",), code, double="raised an exception") for name, code in RAISED.items()),
    Attack(
        "forge_in_place",
        ("process",),
        "if np.ndim(z): z[...] = 0",
        answer="np.zeros(np.shape(z))",
        double="wrong answer",
    ),
    Attack(
        "forge_after_return",
        ("process",),
        """
        held = np.full(np.shape(z), 7.0)
        threading.Thread(target=lambda: held.fill(0.0), daemon=True).start()
    """,
        answer="held",
        double="wrong answer",
    ),
    Attack("forge_by_order", ("process",), answer="[0.0, 2.0, 4.0][len(seen) % 3]", double="wrong answer"),
]
