"""Release an assignment: the students' folder, their zip, and the zip for Otter and Gradescope.

Each step uses the result of the previous one:

1. :func:`check_files` finds typos; :func:`check_right_answers` runs the reference and the wheats through every check.
2. :func:`record` draws the cases of every property, in a clean process, and writes them into the master copy.
3. :func:`build` strips the master copy to the students' folder, which is committed.
4. :func:`release` packs the students' folder, and the master copy for Otter, each with the engine as a wheel.
"""

from autograder.release.authoring import check_files, check_right_answers
from autograder.release.bundles import release
from autograder.release.recording import record
from autograder.release.strip import strip
from autograder.release.student import build, student_files

__all__ = ["build", "check_files", "check_right_answers", "record", "release", "strip", "student_files"]
