"""The industry template education: 教育."""
