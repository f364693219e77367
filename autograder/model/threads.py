"""How many threads the libraries of linear algebra use."""

from __future__ import annotations

import os

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "BLIS_NUM_THREADS")
"""Environment variables that they read when they are loaded."""


def use_one_thread() -> None:
    """In this process and those it starts, unless the variables say otherwise; before NumPy is imported.

    A class is graded by a process on each core. Threads of OpenBLAS wait for each other by computing: on a busy machine
    grading latent_variables took three times the CPU seconds with two of them.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")
