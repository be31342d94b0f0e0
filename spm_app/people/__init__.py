"""Who works where, when."""
