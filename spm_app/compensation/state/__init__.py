"""What the screens of compensation remember."""
