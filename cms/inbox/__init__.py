"""通知: the inbox of whoever works here, its place in the menu, and how one wants mail."""
