"""Mail about one's own choice (cms.mine): asked for, confirmed, sent when there is news, ended by one click."""
