"""Changing a plan's text in place: what is not touched stays as its author wrote it, comments and order included."""
