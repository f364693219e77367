"""Runs after the submission in pytest-prairielearn-grader's process, which knows neither ``globals`` nor tuples of arrays."""


def part(question, number, *arguments):
    """One part of a returned tuple."""
    functions = {"estimate_parameters": estimate_parameters, "sample": sample}  # noqa: F821
    return functions[question](*arguments)[number]
