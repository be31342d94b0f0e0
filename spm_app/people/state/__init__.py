"""What the screens of people remember."""
