"""A believable company, generated."""
