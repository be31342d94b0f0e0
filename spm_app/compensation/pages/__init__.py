"""The screens of compensation, one a file."""
