"""The industry template gas: 供气."""
