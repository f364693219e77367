"""The layers of confinement, a module each, in the order in which a worker applies them."""
