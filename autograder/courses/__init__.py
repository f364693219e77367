"""Course systems: what each exports and imports, who is in the class, and what being late costs.

>>> from autograder.courses import find
"""

from autograder.courses.discovery import find
from autograder.courses.roster import read_roster
from autograder.courses.systems import open_gradebook

__all__ = ["find", "open_gradebook", "read_roster"]
