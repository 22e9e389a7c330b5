"""A mail server on the loopback that can also refuse, hang and hang up."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail as `manner` says: "takes", "refuses", "is busy", "hangs", "hangs up" (after the first mail)."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, manner: str) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.manner = manner
        self.taken: list[str] = []
        self.connections = 0
        self.let_go = threading.Event()


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: Any

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.manner == "hangs":
            self.server.let_go.wait()
            return
        self.say("220 test")
        while line := self.rfile.readline().decode().strip().upper():
            if not self.answer(line):
                return

    def answer(self, line: str) -> bool:
        if line.startswith("RCPT") and self.server.manner in {"refuses", "is busy"}:
            self.say("550 no such user" if self.server.manner == "refuses" else "451 try again later")
        elif line.startswith("DATA"):
            if self.server.manner == "hangs up" and self.server.taken:
                return False
            self.say("354 go on")
            self.take()
        else:
            self.say("250 ok")
        return line != "QUIT"

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        self.server.taken.append("\n".join(lines))
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(manner: str = "takes", timeout: float = 0.2) -> Iterator[MailServer]:
    """Run a server and let Django send through it."""
    with MailServer(manner) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            with override_settings(
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=server.server_address[1],
                EMAIL_TIMEOUT=timeout,
            ):
                yield server
        finally:
            server.let_go.set()
            server.shutdown()
            thread.join()
