"""What the screens of planning remember."""
