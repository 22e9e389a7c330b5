"""The kinds of sources that come with the platform; a plugin's register the same way."""
