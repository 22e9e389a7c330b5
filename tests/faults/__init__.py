"""What happens when something the house stands on is away, slow, full or hostile. Nothing here is a mock."""
