"""What changes for the public, as events of the ledger: webhooks and whoever follows the content read these alone."""
