"""From the editor to the front end of another site: one draft, for a quarter of an hour (`FRONTEND_PREVIEW_URL`)."""
