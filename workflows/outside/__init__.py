"""A draft shown outside: links, what is said by them, the screens of both sides. Never a way to approve."""
