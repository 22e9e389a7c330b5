"""Accounts from confirmed registration forms, and the one-time passwords on paper (DB21/T 2175.5 §4.1.16)."""
