"""A payee's server: it is told (IPN), remembers what it was told and answers as it is asked to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Payee:
    """``told`` keeps every query string in the order of arrival; ``answers`` are used up, the last one stays."""

    def __init__(self, port: int) -> None:
        self.ipn_url = f"http://127.0.0.1:{port}/ipn"
        self.told: list[str] = []
        self.answers = ['{"RspCode": "00", "Message": "Confirm Success"}']

    def take_answer(self) -> str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def listening_payee() -> Iterator[Payee]:
    """Listen on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            payee.told.append(urlsplit(self.path).query)
            body = payee.take_answer().encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    payee = Payee(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield payee
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
