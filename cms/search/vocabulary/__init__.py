"""Names and words one may ask for: written beside the index, looked up by spelling, by sound and by first letters."""
