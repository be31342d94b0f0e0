"""What is expected."""
