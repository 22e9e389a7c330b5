"""Settings by topic; `base` gathers them, one module per environment adds what differs."""
