"""The screens of performance, one a file."""
