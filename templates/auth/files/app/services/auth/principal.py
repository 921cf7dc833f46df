"""Who is asking: the other end of a request, and the person behind it once that is known."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address
from typing import Literal
from uuid import UUID

from app.core.security import SessionRef, keyed_fingerprints
from app.models.base import utc_now
from app.services.auth.errors import (
    ApiKeyNotAllowedError,
    InsufficientScopeError,
    ReauthenticationRequiredError,
)

# What an API key may be made for; whoever may write may also read.
Scope = Literal["read", "write"]
RECENT = timedelta(minutes=10)
DEVICE_LIFETIME = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Principal(SessionRef):
    """
    Somebody who is known by a session that is alive, or by an API key of theirs.

    With a key, `sid` is the key's own id, which no session has: what is done to "this session" meets none.
    """

    email: str
    full_name: str
    email_verified_at: datetime | None
    registered_at: datetime
    # When they last showed who they are; None where nobody can tell.
    authenticated_at: datetime | None
    api_key_id: UUID | None = None
    # None: a session, which may do everything.
    scopes: frozenset[str] | None = None

    def require_session(self) -> None:
        """Some acts are for people alone, not for their programs."""
        if self.api_key_id:
            raise ApiKeyNotAllowedError

    def require_scope(self, scope: Scope) -> None:
        """What an API key was not made for, it may not do; RFC 6750, 3.1."""
        if self.scopes is not None and scope not in self.scopes:
            raise InsufficientScopeError(scope)

    def require_recent(self) -> None:
        """Step-up: some acts need a sign-in that is not older than ten minutes. An API key never does."""
        self.require_session()
        if self.authenticated_at is None or utc_now() - self.authenticated_at > RECENT:
            raise ReauthenticationRequiredError


@dataclass(frozen=True, slots=True)
class SignIn:
    """Proof of who somebody is. Holds no token and opens no session."""

    user_id: UUID
    # The hash it was right for: with another one by now, it proves nothing. None where no password was asked.
    shown_for: str | None = None
    # Whether it was given just now. A provider may have let them through by a sign-in of last week.
    is_fresh: bool = True


@dataclass(frozen=True, slots=True)
class Client:
    """What a request tells about its sender. All of it but the address is the sender's word."""

    address: str
    user_agent: str = ""
    known_device: str | None = None

    @property
    def label(self) -> str:
        """The user agent, safe to store and to show."""
        return "".join(char for char in self.user_agent[:256] if char.isprintable())

    @property
    def network(self) -> str:
        """What limits count by: one household's whole IPv6 network is one address."""
        if ":" not in self.address:
            return self.address
        address = IPv6Address(self.address)
        return str(address.ipv4_mapped or address.exploded[:19])

    def device_of(self, user_id: UUID) -> str | None:
        """The id of this device if the account was signed in to on it before."""
        issued, _, rest = (self.known_device or "").partition(".")
        device, _, seal = rest.partition(".")
        if not (issued.isascii() and issued.isdecimal() and len(issued) < 12 and seal.isascii()):
            return None
        genuine = any(hmac.compare_digest(seal, valid) for valid in _seals(user_id, issued, device))
        age = utc_now().timestamp() - int(issued)
        return device if genuine and age < DEVICE_LIFETIME.total_seconds() else None

    def device_cookie(self, user_id: UUID) -> str:
        """What lets this device be recognised the next time this account signs in on it."""
        device = self.device_of(user_id) or secrets.token_urlsafe(16)
        issued = str(int(utc_now().timestamp()))
        return f"{issued}.{device}.{_seals(user_id, issued, device)[0]}"


def _seals(user_id: UUID, issued: str, device: str) -> list[str]:
    return keyed_fingerprints("known-device", f"{user_id}.{issued}.{device}")
