"""Tokens of other systems: administrators make, watch, renew and revoke those of their subtree."""
