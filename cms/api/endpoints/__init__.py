"""The endpoints, one module each: filters, representation, view."""
