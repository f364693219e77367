"""Results as pages, tables and files for other systems. Reads results, nothing else."""
