"""Components that only this module uses."""
