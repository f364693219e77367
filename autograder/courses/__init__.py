"""Course systems: what each exports and imports, who is in the class, and what being late costs."""
