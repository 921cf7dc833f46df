"""The command line, with the tools it starts stood in for."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import main, project
from app.core.config import ConfigError

Calls = list[tuple[str, ...]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What would have been run."""
    calls: Calls = []

    def run(*command: str) -> int:
        calls.append(command)
        return 0

    monkeypatch.setattr(project, "run", run)
    return calls


def test_tools(calls: Calls) -> None:
    for command in ("test", "test tests/test_base_cli.py", "lint", "types"):
        assert CliRunner().invoke(main.app, command.split()).exit_code == 0
    tests = ["pytest --cov", "pytest tests/test_base_cli.py"]
    assert [" ".join(call[2:]) for call in calls] == [*tests, "ruff check .", "ruff format --check .", "mypy"]


def test_run_gives_the_exit_code() -> None:
    assert project.run(sys.executable, "-c", "raise SystemExit(3)") == 3


def test_errors_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ConfigError("Nothing answers.")

    monkeypatch.setattr(main, "app", fail)
    with pytest.raises(SystemExit, match=r"^Nothing answers\.$"):
        main.main()


@pytest.mark.parametrize("passing", [True, False])
def test_upgrade_keeps_only_what_passes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, passing: bool
) -> None:
    pinned = '[tool.uv]\n# Why.\nconstraint-dependencies = [\n    "a==1",\n]\n\n[tool.x]\n'
    (tmp_path / "pyproject.toml").write_text(pinned)
    calls: Calls = []

    def run(*command: str) -> int:
        calls.append(command)
        return 0 if passing or "test" not in command else 1

    monkeypatch.setattr(project, "ROOT", tmp_path)
    monkeypatch.setattr(project, "run", run)
    with nullcontext() if passing else pytest.raises(ConfigError, match="do not pass"):
        project.upgrade()
    assert calls[0] == ("uv", "sync", "--upgrade")
    left = "[tool.uv]\n\n[tool.x]\n" if passing else pinned
    assert (tmp_path / "pyproject.toml").read_text() == left
