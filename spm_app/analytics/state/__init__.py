"""What the screens of analytics remember, one screen a file."""
