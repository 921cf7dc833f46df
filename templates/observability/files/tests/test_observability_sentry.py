"""What Sentry is told, on the wire."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from app.components.observability.run import observed
from app.core.logging import get_logger
from tests.conftest import Configure

SECRET = "sesame-4711"


class Sentry(BaseHTTPRequestHandler):
    """Keeps what it is sent."""

    got: list[str]

    def do_POST(self) -> None:
        """Take it."""
        body = self.rfile.read(int(self.headers["content-length"]))
        packed = self.headers["content-encoding"] == "gzip"
        self.got.append((gzip.decompress(body) if packed else body).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def fail(password: str) -> None:
    """Fails with a secret at hand."""
    raise RuntimeError(f"it is {len(password)} long")


async def test_an_error_is_told_without_what_it_was_given(configure: Configure) -> None:
    log = get_logger("app.tests")
    got: list[str] = []
    handler = type("Handler", (Sentry,), {"got": got})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        configure(sentry_dsn=f"http://key@127.0.0.1:{server.server_port}/1")
        async with observed("app"):
            try:
                fail(SECRET)
            except RuntimeError:
                log.exception("went_wrong", request_id="r-1", cookie=SECRET)
            log.error("no_traceback", cookie=SECRET)
        server.shutdown()
    [told] = [one for one in got if "RuntimeError" in one]
    assert "it is 11 long" in told
    assert '"request_id":"r-1"' in told
    assert SECRET not in "".join(got)


async def test_without_an_address_nobody_is_told() -> None:
    async with observed("app"):
        try:
            fail(SECRET)
        except RuntimeError:
            get_logger("app.tests").exception("went_wrong")
