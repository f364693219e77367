"""Results to words: statements about a result, and one renderer per output."""
