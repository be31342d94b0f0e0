"""The parts that screens are built of; docs/design-system.md shows each."""
