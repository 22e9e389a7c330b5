"""Handover: everything one person answers for goes to another."""
