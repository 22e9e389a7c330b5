"""Write a planned pack to the database: in one transaction, and so that a second load changes nothing."""

from .load import load
from .report import Report

__all__ = ["Report", "load"]
