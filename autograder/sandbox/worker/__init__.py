"""The worker process: how it is started, what it runs, and how the grader handles it."""
