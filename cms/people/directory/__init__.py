"""Everybody below: find, correct, move, stop."""
