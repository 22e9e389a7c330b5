"""Hooks of the roof."""
