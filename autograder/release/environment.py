"""Where submissions are graded on Gradescope, and what students install: one place for the build and for handouts."""

PYTHON = "3.12"
STUDENTS_NEED = ("matplotlib>=3.8", "numpy>=1.26", "otter-grader>=7,<8", "pytest>=9", "scipy>=1.11")
