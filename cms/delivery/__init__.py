"""How pages leave the house: languages on the way out, feeds, site maps, downloads."""
