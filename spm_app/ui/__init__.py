"""The design system; knows no module."""
