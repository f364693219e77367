"""Grade a class: in parallel, in any order, each result written once, when it is ready."""

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
