"""The industry template community: 基层村居."""
