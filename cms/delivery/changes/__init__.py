"""The feed of changes: what other sites follow to keep an exact copy (docs/changes.md)."""
