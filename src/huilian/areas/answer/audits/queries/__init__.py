"""What may be read of audits, narrowed in `reach` and nowhere else."""
