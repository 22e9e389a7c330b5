"""权限一览: who may do what, read from the policies and tables that decide it."""
