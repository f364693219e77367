"""Where submissions are graded on Gradescope, and what students install: one place for the build and for handouts."""

PYTHON = "3.12"
OLDER = "3.11"
"""The oldest Python that students may use. NumPy's newest version does not run on it."""
PINS = {
    PYTHON: {"numpy": "2.5.5", "scipy": "1.18.1", "hypothesis": "6.170.15"},
    OLDER: {"numpy": "2.4.6", "scipy": "1.17.1", "hypothesis": "6.170.15"},
}
"""Python -> the versions that grade, which students install too. A test holds them equal to constraints.txt."""
STUDENTS_NEED = (
    *(f'{p}=={v}; python_version >= "{OLDER}" and python_version < "{PYTHON}"' for p, v in PINS[OLDER].items()),
    *(f'{p}=={v}; python_version >= "{PYTHON}"' for p, v in PINS[PYTHON].items()),
    f'pytest>=9; python_version >= "{OLDER}"',
)
"""To check and hand in a module. On a Python that is too old only the engine is left to install, and pip says so."""
NOTEBOOKS_NEED = ("ipywidgets>=8", "jupyterlab>=4", "matplotlib>=3.8", "scikit-learn>=1.4")
"""For the notebook as well. It is more than as much again, and Colab and many machines have it."""
GRADING_NEEDS = (*(f"{p}=={v}" for p, v in PINS[PYTHON].items()), "matplotlib>=3.8", "pytest>=9", "scikit-learn>=1.4")
"""Installed where answers are graded, and so for answers to import."""
PROPERTIES_IMPORT = frozenset({"hypothesis", "pytest"})
"""Of these only answers that are properties have a use for. What Hypothesis draws depends on its version."""
