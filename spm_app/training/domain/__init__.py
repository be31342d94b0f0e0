"""Courses, questions, attempts and badges as plain values: no database, no clock, no randomness."""
