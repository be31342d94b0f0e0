"""Brezza, the demo company: made up, seeded, the same for everybody on the same day. Loaded through the services."""
