"""Pieces of compensation's pages that stand by themselves."""
