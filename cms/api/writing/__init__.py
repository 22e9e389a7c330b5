"""The write API for units' own systems: drafts, submitted to the same approval; nothing is ever published here."""
