"""What grading found, in the forms that people and other systems read. Reads results, nothing else."""
