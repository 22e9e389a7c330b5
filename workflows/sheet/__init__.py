"""发布审核表: what was approved, by whom and why, on paper for the file."""
