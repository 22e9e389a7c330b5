"""A provider that is none: the whole of the interface of docs/connectors.md, with faults to order.

A process of its own, without Django and without a database: `python -m cms.connectors.sandbox`. Nothing in it is real.
"""
