"""Demand (需求主导, DB21/T 2175.5 §2.1): how often what is public is read, and what is searched for.

Nothing is written to the database while somebody reads: whoever answers a request leaves a line in a file, and the
worker counts the lines. A line names no reader.
"""
