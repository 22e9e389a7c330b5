"""Proof of work for public forms (ALTCHA): no pictures to read, no account, no third party, nothing about a person.

A script solves a small task before it sends the form. Without a script the form works as well, for fewer requests
from one network (see docs/decisions/0021-proof-of-work.md).
"""
