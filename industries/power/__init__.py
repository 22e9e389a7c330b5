"""The industry template power: 供电."""
