"""The city pack: a folder that describes one city. Here it is read, checked and planned; nothing here knows a model."""
