"""Template tags of the blocks."""
