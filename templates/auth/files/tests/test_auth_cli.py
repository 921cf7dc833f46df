"""Accounts from the command line."""

import json

import pytest
from typer.testing import CliRunner, Result

from app.cli.auth import auth_cli
from app.core import db
from app.core.config import ConfigError
from app.services.auth.errors import InvalidFieldError, UserNotFoundError
from tests.plugins.auth import EMAIL, PASSWORD


def _run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(auth_cli, list(arguments), input=given)


def test_the_life_of_an_account() -> None:
    made = _run("create-user", EMAIL, "--full-name", "Ada", "--json", given=f"{PASSWORD}\n")
    user = json.loads(made.stdout)
    assert (user["email"], user["full_name"], user["is_active"]) == (EMAIL, "Ada", True)
    assert json.loads(_run("list-users", "--json").stdout) == [user]
    assert EMAIL in _run("list-users").stdout

    assert json.loads(_run("revoke-sessions", EMAIL, "--json").stdout) == {"ended": 0}
    assert _run("deactivate", EMAIL.upper()).stdout == f"Deactivated {EMAIL}.\n"
    assert "inactive" in _run("list-users").stdout


def test_what_cannot_be_done_is_said() -> None:
    assert isinstance(_run("create-user", EMAIL, given="short\n").exception, InvalidFieldError)
    assert isinstance(_run("deactivate", EMAIL).exception, UserNotFoundError)


def test_the_password_is_asked_for_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.auth._at_terminal", lambda: True)
    made = _run("create-user", EMAIL, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0
    assert PASSWORD not in made.stdout


def test_a_database_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(db, "engine", refuse)
    assert isinstance(_run("list-users").exception, ConfigError)
