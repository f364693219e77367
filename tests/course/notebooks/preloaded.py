"""What the notebooks' kernels need, imported in the process that they are forked from.

pyplot is left out: every kernel imports it, and connects it to IPython, itself.
"""

import importlib
import os

import PIL.Image

os.environ["MPLBACKEND"] = (
    "module://matplotlib_inline.backend_inline"  # as a kernel sets it, before matplotlib reads it
)
for name in (
    "autograder.checks.models",
    "autograder.checks.otter",
    "autograder.doors.local",
    "autograder.doors.notebook_grader",
    "autograder.intake.answers",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipywidgets",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "scipy.stats",
    "sklearn.datasets",
    "sklearn.linear_model",
    "tornado.platform.asyncio",
):
    importlib.import_module(name)
PIL.Image.init()
