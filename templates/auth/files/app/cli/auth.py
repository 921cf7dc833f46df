"""Accounts from the command line: `uv run app auth --help`."""

import json
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from app.cli.auth_keys import rotate_keys
from app.core.config import ConfigError
from app.core.db import run_in_session
from app.core.logging import setup_logging
from app.models.user import User
from app.services.auth import user_service
from app.services.auth.events import COMMAND_LINE
from app.services.auth.session_service import end_all_sessions

T = TypeVar("T")
Email = Annotated[str, typer.Argument(help="The account's address.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
auth_cli = typer.Typer(help="Manage accounts.", no_args_is_help=True)
auth_cli.command()(rotate_keys)


@auth_cli.command()
def create_user(
    email: Email,
    full_name: Annotated[str, typer.Option(help="What the person is called.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make an account. The password is asked for, or read from standard input."""
    password = _read_password()

    given = {"email": email, "password": password, "full_name": full_name}
    user = _run(lambda session: user_service.create_user(session, **given, client=COMMAND_LINE))
    _answer(_described(user), f"Created {user.email} ({user.id}).", as_json=as_json)


@auth_cli.command()
def list_users(as_json: AsJson = False) -> None:
    """List all accounts, the oldest first."""
    users = _run(user_service.list_users)
    states = {True: "active  ", False: "inactive"}
    lines = [f"{user.id}  {states[user.is_active]}  {user.email}  {user.full_name}" for user in users]
    _answer([_described(user) for user in users], "\n".join(lines), as_json=as_json)


@auth_cli.command()
def deactivate(email: Email, as_json: AsJson = False) -> None:
    """Switch an account off and end its sessions at once."""

    async def work(session: AsyncSession) -> User:
        user = await user_service.the_user(session, email)
        await user_service.deactivate(session, user, COMMAND_LINE)
        return user

    user = _run(work)
    _answer(_described(user), f"Deactivated {user.email}.", as_json=as_json)


@auth_cli.command()
def revoke_sessions(email: Email, as_json: AsJson = False) -> None:
    """End all sessions of an account."""

    async def work(session: AsyncSession) -> int:
        user = await user_service.the_user(session, email)
        return await end_all_sessions(session, user.id, COMMAND_LINE)

    count = _run(work)
    _answer({"ended": count}, f"Ended {count} session(s).", as_json=as_json)


def _run(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    # Standard output is the answer's alone.
    setup_logging("WARNING", as_json=False)
    try:
        return run_in_session(work)
    except (SQLAlchemyError, OSError) as error:
        raise ConfigError("The database does not answer, or `uv run app migrate` has not run yet.") from error


def _read_password() -> str:
    # Never an argument: those stand in the shell's history and in the list of processes.
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _described(user: User) -> dict[str, Any]:
    return user.model_dump(mode="json", include={"id", "email", "full_name", "is_active", "created_at"})


def _answer(value: object, text: str, *, as_json: bool) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False) if as_json else text)
