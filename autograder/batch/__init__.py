"""Many submissions to results: in parallel, in any order, each written once as it comes."""

from autograder.batch.keys import key_of
from autograder.batch.output import JOURNAL, Output, keys_in
from autograder.batch.pools import get_ready, grade_here, run
from autograder.grade.fingerprint import fingerprint
from autograder.report.files import write_atomically

__all__ = [
    "JOURNAL",
    "Output",
    "fingerprint",
    "get_ready",
    "grade_here",
    "key_of",
    "keys_in",
    "run",
    "write_atomically",
]
