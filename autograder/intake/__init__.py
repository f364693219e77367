"""From what was handed in to submissions: files, folders, notebooks and archives, all of them hostile.

Nothing is run, nothing is extracted to disk, no link is followed.

>>> from autograder.intake import find, read
"""

from autograder.courses.roster import read_roster, read_table
from autograder.intake.discovery import Found, find
from autograder.intake.noise import visible
from autograder.intake.reader import read, read_found

__all__ = ["Found", "find", "read", "read_found", "read_roster", "read_table", "visible"]
