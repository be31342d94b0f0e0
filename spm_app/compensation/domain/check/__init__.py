"""Checks that try a plan out: what it pays just below, on and above every bound, told as two cases and two pays."""
