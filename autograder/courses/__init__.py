"""Course systems: what each exports and imports, who is in the class, and what being late costs.

>>> from autograder.courses import find
"""

from autograder.courses.discovery import find
from autograder.courses.roster import read_roster, read_table

__all__ = ["find", "read_roster", "read_table"]
