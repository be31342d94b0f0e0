"""Pure values and functions of compensation: no database, no clock, no screen."""
