"""The industry template transport: 公共交通."""
