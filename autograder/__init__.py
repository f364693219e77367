"""Autograded homework: property-based checks on student code that runs in a process of its own."""

__version__ = "0.1.0"
