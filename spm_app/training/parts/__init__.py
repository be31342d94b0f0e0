"""Parts that several screens of training share."""
