"""More than its share: time, memory, processes, threads, files, output; and ends that nobody asked for."""

from tests.attacks.attack import Attack, attempts

ENDLESS = {
    "time_loop": "while True: pass",
    "time_sleep": "time.sleep(999)",
    "time_regex": "re.match('(a+)+$', 'a' * 60 + 'b')",
    "time_power": "pow(3, 10**9)",
    "time_threads": "ts = [threading.Thread(target=lambda: [None for _ in iter(int, 1)]) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]",
    "time_stopped": "os.kill(os.getpid(), signal.SIGSTOP)",
    "time_deaf": "[signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15, 24, 14)]\nwhile True: pass",
    "time_lock": "threading.Lock().acquire() and (lambda l: (l.acquire(), l.acquire()))(threading.Lock())",
    "time_read": "os.read(os.pipe()[0], 1)",
    "time_select": "select.select([], [], [])",
    "time_catches_all": "while True:\n    try:\n        time.sleep(99)\n    except BaseException:\n        pass",
    "time_printing": "while True: print('x' * 10**6)",
    "time_raw_output": "while True:\n    try:\n        os.write(1, b'x' * 10**6)\n    except OSError:\n        pass",
    "time_finalizer": "type('D', (), {'__del__': lambda s: [None for _ in iter(int, 1)]})()",
}
MEMORY = {
    "memory_list": "[1] * 10**11",
    "memory_array": "np.ones(10**10)",
    "memory_grows": "held = []\nwhile True: held.append(np.empty(10**6))",
    "memory_text": "'x' * 10**11",
    "memory_power": "x = 1 << (1 << 34)",
}
TOO_LARGE = {
    "large_array": "np.zeros(9_000_000)",
    "large_int": "10**5000",
    "large_text": "'x' * 10**6",
    "large_list": "['x' * 60_000] * 40",
    "large_deep": "eval('[' * 60 + ']' * 60)",
    "large_itself": "(lambda l: l.append(l) or l)([])",
    "large_dict": "{str(i): 'x' * 60_000 for i in range(40)}",
    "large_surrogates": "'\\ud800'",
    "large_dimensions": "np.zeros((1,) * 32)",
}
ENDS = {
    "exit_system": ("sys.exit(0)", "exited"),
    "exit_quit": ("quit()", "exited"),
    "exit_at_once": ("os._exit(0)", "exited"),
    "exit_status": ("os._exit(42)", "exited"),
    "exit_in_thread": ("t = threading.Thread(target=os._exit, args=(0,)); t.start(); t.join()", "exited"),
    # Refused: killed are those who meet the OOM killer, and that is the machine's fault.
    "exit_killed": ("os.kill(os.getpid(), signal.SIGKILL)", "raised an exception"),
    "exit_killed_thread": ("signal.pthread_kill(threading.get_ident(), signal.SIGKILL)", "raised an exception"),
    "exit_terminated": ("os.kill(os.getpid(), signal.SIGTERM); time.sleep(9)", "timed out"),
    "exit_segfault": ("ctypes.string_at(0)", "crashed"),
    "exit_abort": ("os.abort()", "crashed"),
    "exit_wild_write": ("ctypes.memset(8, 1, 1)", "crashed"),
    "exit_stack": ("sys.setrecursionlimit(10**9); (f := lambda: f())()", None),
    "exit_recursion": ("(f := lambda: f())()", "raised an exception"),
}
COUNTED = {
    "count_threads": """
        try:
            for _ in range(4000):
                threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
        except RuntimeError:
            pass
        else:
            breach("4000 threads")
    """,
    "count_small_threads": """
        threading.stack_size(32768)
        try:
            for _ in range(4000):
                threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
        except RuntimeError:
            pass
        else:
            breach("4000 threads")
    """,
    "count_files": """
        fds = []
        try:
            for _ in range(2000):
                fds.append(os.dup(1))
        except OSError:
            pass
        else:
            breach("2000 files")
        for fd in fds:
            os.close(fd)
    """,
    "count_mappings": """
        held = []
        try:
            for _ in range(40):
                held.append(mmap.mmap(-1, 1 << 28))
        except (OSError, MemoryError):
            held.clear()
        else:
            breach("10 GiB mapped")
    """,
}

ATTACKS = [
    *(Attack(name, ("deadline",), code, double="timed out") for name, code in ENDLESS.items()),
    *(Attack(name, ("limits",), code, double="out of memory") for name, code in MEMORY.items()),
    *(Attack(name, ("wire",), answer=value, double="unsupported value") for name, value in TOO_LARGE.items()),
    *(Attack(name, ("process",), code, double=word or "") for name, (code, word) in ENDS.items()),
    *(
        Attack(
            name,
            ("limits",),
            code,
            double="" if "threads" in name else "passed",
            tame=name not in ("count_threads", "count_small_threads"),
        )
        for name, code in COUNTED.items()
    ),
    Attack(
        "memory_of_answers",
        ("allowance",),
        answer="np.ones(7_000_000, bool)",
        double="out of memory/wrong answer",
        weighed=0,
    ),
    Attack(
        "memory_of_headers",
        ("allowance",),
        answer="['x' * 60_000] * 15",
        double="out of memory/wrong answer",
        weighed=0,
    ),
    Attack("output_much", ("process",), "print('x' * 10**7)"),
    Attack("output_escapes", ("process",), "print('\\x1b]0;all tests passed\\x07\\x1b[2J\\u202e')"),
    Attack("import_loops", ("deadline",), top="while True: pass"),
    Attack("import_sleeps", ("deadline",), top="time.sleep(999)", status="timed out", double="timed out", weighed=0),
    Attack(
        "import_grows",
        ("limits",),
        top="held = []\nwhile True: held.append(bytearray(10**6))",  # as any line that fails at import: left out
    ),
    Attack("import_exits", ("process",), top="sys.exit(0)"),
    Attack("import_ends", ("process",), top="os._exit(0)", status="exited", double="exited", weighed=0),
    Attack("import_crashes", ("process",), top="ctypes.string_at(0)", status="crashed", double="crashed", weighed=0),
    Attack(
        "import_raises_odd",
        ("process",),
        top="raise KeyboardInterrupt",
        status="import error",
        double="import error",
        weighed=0,
    ),
    Attack(
        "import_deletes_functions",
        ("process",),
        top="def __getattr__(name): return 7",
        answer="7.0",
        double="wrong answer",
    ),
    *attempts(
        ("limits",),
        {
            "limit_raised": "resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY,) * 2) or resource.setrlimit(resource.RLIMIT_AS, (1 << 50,) * 2)",
            "limit_core": "resource.getrlimit(resource.RLIMIT_CORE)[1] and 1 or 1 / 0",
            "limit_file_size": "resource.getrlimit(resource.RLIMIT_FSIZE)[1] and 1 or 1 / 0",
        },
        tame=False,
    ),
]
