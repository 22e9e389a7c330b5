"""The industry template water: 供水."""
