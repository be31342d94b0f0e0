"""What the screens of performance remember."""
