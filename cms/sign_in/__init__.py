"""The door of the admin: lock-out, forced change of passwords, second factor, idle sessions. The roof records it."""
