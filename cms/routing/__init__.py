"""The way to a counter: asked of an existing engine, told in Chinese; without an engine the distance and a link out."""
