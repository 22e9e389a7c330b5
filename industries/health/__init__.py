"""The industry template health: 卫生健康."""
