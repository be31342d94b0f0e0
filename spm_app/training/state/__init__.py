"""What the screens of training show, as texts."""
