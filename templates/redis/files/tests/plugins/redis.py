"""A Redis server that goes with the tests, emptied after each one that used it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.core.config import reset_settings
from app.core.redis import close_redis, redis
from tests.ports import free_port

MISSING = (
    "These tests need Redis: set TEST_REDIS_URL to an empty one, or install the server "
    "(Debian: apt-get install redis-server; macOS: brew install redis)."
)
PASSWORD = "of-the-tests"
PATIENCE_SECONDS = 20


@pytest.fixture(scope="session")
def throw_away_redis() -> Iterator[str]:
    """The machine's own program, on a free port, with nothing on the disk."""
    program = shutil.which("redis-server") or pytest.exit(MISSING, returncode=1)
    folder, port = Path(tempfile.mkdtemp(prefix="app-tests-")), free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    options += ["--requirepass", PASSWORD]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)  # noqa: S603, the machine's own
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(port):
            assert time.monotonic() < deadline, "Redis does not start"
            time.sleep(0.02)
        yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return bool(connection.recv(16))
    except OSError:
        return False


@pytest.fixture(scope="session")
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """TEST_REDIS_URL, which loses its keys, or else a throw-away server."""
    url = os.environ.get("TEST_REDIS_URL") or request.getfixturevalue("throw_away_redis")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REDIS_URL", url)
        reset_settings()
        yield url


@pytest.fixture(autouse=True)
async def _redis(redis_url: str, anyio_backend: str) -> AsyncIterator[None]:  # noqa: ARG001, starts the loop
    """Leaves no keys and no connections to the next test, be it asynchronous or not."""
    yield
    await close_redis()
    with pytest.MonkeyPatch.context() as environment:
        # The test may have been told to use another one.
        environment.setenv("REDIS_URL", redis_url)
        reset_settings()
        await redis().flushdb()
        await close_redis()
    reset_settings()
