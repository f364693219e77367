"""A package, so that no other one of this name, installed beside us, is imported in its stead."""
