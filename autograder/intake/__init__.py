"""From what was handed in to submissions: files, folders, notebooks and archives, all of them hostile.

Nothing is run, nothing is extracted to disk, no link is followed.

>>> from autograder.intake import find, read
"""

from autograder.intake.finding import Found, find
from autograder.intake.noise import visible
from autograder.intake.reading import read

__all__ = ["Found", "find", "read", "visible"]
