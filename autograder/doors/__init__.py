"""The same questions behind other doors: pytest, Otter and the notebook."""
