"""The screens of training, one file each."""
