"""Exports: everything public as files, each night and on demand, in the words of the API."""
