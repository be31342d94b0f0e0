"""The front door of compensation: plans, runs, statements, adjustments and disputes."""
