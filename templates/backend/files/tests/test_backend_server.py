"""The server process."""

import os
import re
import signal
import subprocess
import sys
from typing import Any

import httpx2
import pytest
import uvicorn

from app.components.backend.server import serve
from tests.conftest import Configure


def test_forwarded_headers_and_query_strings_are_left_to_us(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(port=4321, max_body_bytes=1000)
    told: dict[str, Any] = {}
    handlers: dict[int, Any] = {}
    exits: list[int] = []
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: told.update(options))
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(os, "_exit", exits.append)
    serve()
    assert (told["port"], told["proxy_headers"], told["access_log"]) == (4321, False, False)
    assert told["ws_max_size"] == 1000
    handlers[signal.SIGTERM]()
    assert exits == [0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_it_starts_answers_and_stops_when_told() -> None:
    environment = {**os.environ, "PORT": "0"}
    command = [sys.executable, "-c", "from app.cli.main import main; main()", "serve"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stderr is not None
            found = (re.search(r"http://[\w.:]+", line) for line in process.stderr)
            address = next(match[0] for match in found if match)
            assert httpx2.get(f"{address}/health/ready").status_code == 200
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
