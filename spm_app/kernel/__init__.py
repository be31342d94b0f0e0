"""Words that everybody speaks; the standard library only."""
