"""The text of a student's module: which parts of it parse, and which run. Standard library only."""
