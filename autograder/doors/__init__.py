"""Other ways to run the same checks: pytest, Otter and the notebook."""
