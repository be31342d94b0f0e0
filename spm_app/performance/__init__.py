"""What to do about it: a home for each role."""
