"""The industry template environment: 环境保护."""
