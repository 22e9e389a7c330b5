"""Long outer judges: axe, the validator of HTML, the two commands, schemas. Run with `make judge`."""
