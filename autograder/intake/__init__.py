"""Read submissions: files, folders, notebooks and archives, all of them untrusted.

Nothing is run, nothing is extracted to disk, no link is followed.

>>> from autograder.intake import find, read
"""

from autograder.intake.bounded import read, read_entry
from autograder.intake.discovery import Entry, find, fit, plain_id, unique
from autograder.intake.noise import visible
from autograder.intake.reader import answers

__all__ = ["Entry", "answers", "find", "fit", "plain_id", "read", "read_entry", "unique", "visible"]
