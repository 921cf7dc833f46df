"""Who is at the other end of a Flet event: what the browser's handshake said, never what the page says.

Flet creates the task of every event inside the task of its WebSocket, so each event sees the handshake of the
connection it came in by. A client may set any attribute of `page`, but not this.
"""

from contextvars import ContextVar
from dataclasses import dataclass, replace

from starlette.datastructures import Headers
from starlette.types import Scope

from app.core.network import client_address


@dataclass(frozen=True, slots=True)
class Connection:
    """A page load or WebSocket as the server saw it arrive."""

    address: str
    headers: Headers
    owner: str = ""
    """Whom a gate found behind the cookies; empty for nobody."""


_current: ContextVar[Connection] = ContextVar("connection")


def connection() -> Connection:
    """The connection that the running handler belongs to."""
    return _current.get()


def connect(scope: Scope) -> None:
    """Begin a connection that belongs to nobody yet."""
    _current.set(Connection(client_address(scope), Headers(scope=scope)))


def belongs_to(owner: str) -> None:
    """Say (from a gate) whose connection this is."""
    _current.set(replace(_current.get(), owner=owner))
