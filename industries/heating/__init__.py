"""The industry template heating: 供热."""
