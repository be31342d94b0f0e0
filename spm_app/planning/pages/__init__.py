"""The screens of planning, one a file."""
