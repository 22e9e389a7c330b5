"""What happened, and who is told: events (the one audit), letters (inbox and mail), and where a request came from."""
