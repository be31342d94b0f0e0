"""What is earned."""
