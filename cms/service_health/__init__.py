"""Whether the online services work: who asks them, how often, what is made of the answers, and who is told."""
