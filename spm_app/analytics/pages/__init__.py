"""The screens of analytics, one a file."""
