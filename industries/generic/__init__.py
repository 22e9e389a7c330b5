"""The industry template generic: 通用."""
