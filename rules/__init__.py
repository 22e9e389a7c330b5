"""Law and arithmetic without models: what several rooms need and no database has to know."""
