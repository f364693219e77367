"""Confined execution of student code: the grader holds proxies, the code runs in a worker process."""
