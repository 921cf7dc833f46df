"""Commands for working on the project; each is also a target of the Makefile."""

import re
import subprocess
import sys
from typing import Annotated

import typer

from app.core.config import ROOT, ConfigError

PINS = re.compile(r"^(?:#.*\n)?constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)


def run(*command: str) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603, only this file's own commands


def _tool(*arguments: str) -> int:
    return run(sys.executable, "-m", *arguments)


def run_tests(arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Run the tests and hold them to their coverage; with arguments, only what pytest is told."""
    raise typer.Exit(_tool("pytest", *(arguments or ["--cov"])))


def lint() -> None:
    """Check style and formatting."""
    raise typer.Exit(_tool("ruff", "check", ".") or _tool("ruff", "format", "--check", "."))


def types() -> None:
    """Check types."""
    raise typer.Exit(_tool("mypy"))


def upgrade() -> None:
    """Let go of the pinned versions, resolve anew and run the tests; if they fail, nothing has changed."""
    project, lock = ROOT / "pyproject.toml", ROOT / "uv.lock"
    before = {path: path.read_bytes() for path in (project, lock) if path.exists()}
    project.write_text(PINS.sub("", project.read_text(encoding="utf-8")), encoding="utf-8")
    if run("uv", "sync", "--upgrade") == 0 and run("uv", "run", "app", "test") == 0:
        typer.echo("The tests pass with these versions; uv.lock holds them now.")
        return
    for path, content in before.items():
        path.write_bytes(content)
    run("uv", "sync")
    raise ConfigError("The newest versions do not pass the tests; the ones before are back.")
