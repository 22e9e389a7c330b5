"""What the tests stand on: databases and a browser. What runs the house is tested here too."""
