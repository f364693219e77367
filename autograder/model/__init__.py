"""What the things are: frozen data that every other part of the package speaks of."""
