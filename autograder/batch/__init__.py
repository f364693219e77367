"""A class to its results: in parallel, in any order, each result written once as it comes."""

from autograder.batch.journal import JOURNAL
from autograder.batch.output import Output, key_of, keys_in
from autograder.batch.pools import LocalPool, Pool, run

__all__ = [
    "JOURNAL",
    "LocalPool",
    "Output",
    "Pool",
    "key_of",
    "keys_in",
    "run",
]
