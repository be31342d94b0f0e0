"""All SQL of compensation, by subject."""
