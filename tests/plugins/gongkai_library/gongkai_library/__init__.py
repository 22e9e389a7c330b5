"""The industry template of public libraries."""
