"""Shows the public properties of a released assignment as pytest runs in its folder."""
