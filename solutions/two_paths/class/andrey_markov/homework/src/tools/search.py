def last_run_of_true(flags):
    """Where the run of True at the end begins, or None if the last flag is False."""
    start = None
    for i, flag in enumerate(flags):
        if not flag:
            start = None
        elif start is None:
            start = i
    return start
