"""Leave: a named deputy stands in for some days."""
