"""Run the sandbox until it is stopped."""

from __future__ import annotations

import argparse

from .server import KEY, SECRET, SandboxServer


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description="示例提供单位（沙箱）：查询、预约、转办、缴费、对账，可以点出各种故障")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8900, help="0 为任意空闲端口")
    parser.add_argument("--key", default=KEY, help="密钥编号")
    parser.add_argument("--secret", default=SECRET, help="密钥（whsec_…）")
    asked = parser.parse_args()
    server = SandboxServer((asked.host, asked.port), key=asked.key, secret=asked.secret)
    print(f"沙箱：{server.address}　密钥编号 {asked.key}　密钥 {asked.secret}", flush=True)
    server.serve_forever(poll_interval=0.2)


if __name__ == "__main__":
    main()
