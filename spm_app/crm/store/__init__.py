"""All SQL of the CRM; and, in `sheets`, the reading of files."""
