"""The audit: what is written into it, who may read it, its screens, and what keeps its chain honest."""
