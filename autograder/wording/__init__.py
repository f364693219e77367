"""Results to words: what is said of a result, and one renderer per form."""
