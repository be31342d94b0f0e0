"""All SQL of training: rows in, domain values out."""
