"""Traguardo: open, self-hosted sales performance management. Importing this imports nothing else."""
