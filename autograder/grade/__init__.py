"""Grade one submission: a worker for its code, the questions one by one, the diagnosis.

The student's functions are called through the sandbox; properties, the reference and the scores stay in this
process.
"""

from autograder.grade.assignment import Assignment
from autograder.grade.grader import Grader

__all__ = ["Assignment", "Grader"]
