"""The text of a student's module: what of it parses, and what of it runs. Standard library only."""
