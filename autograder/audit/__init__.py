"""Does an assignment catch what is wrong, and spare what is right? Mutants, chaffs, wheats and perturbations."""
