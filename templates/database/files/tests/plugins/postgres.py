"""A PostgreSQL server that goes with the tests, from the machine's own binaries."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_port

MISSING = (
    "These tests need PostgreSQL: set TEST_DATABASE_URL to an empty database, or install the server "
    "(Debian: apt-get install postgresql; macOS: brew install postgresql@17)."
)


def _binaries() -> Path:
    found = shutil.which("pg_ctl")
    # Debian keeps them out of the PATH, one folder a version.
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        pytest.exit(MISSING, returncode=1)
    return folders[-1]


@pytest.fixture(scope="session")
def throw_away_database() -> Iterator[str]:
    """The server refuses to run as root, so root lends it to the user that its package made."""
    binaries = _binaries()
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="app-tests-"))
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()

    def server(program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603, the machine's own binaries
            [binaries / program, *arguments], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL
        )

    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c synchronous_commit=off"
    try:
        server("initdb", "-D", str(data), "-U", "app", "--auth=trust", "--encoding=UTF8", "--locale=C")
        server("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield f"postgresql+asyncpg://app@127.0.0.1:{port}/postgres"
        finally:
            server("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
