"""
The only file that knows what the cookies are called.

Over https the names carry the prefixes that make a browser insist on Secure; then the plain names, which a
neighbouring subdomain could set, are not read. PUBLIC_URL decides, never the request.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Literal

from app.core.config import AppSettings, settings
from app.models.base import utc_now
from app.services.auth.principal import DEVICE_LIFETIME

Kind = Literal["session", "refresh", "signed_in", "nonce", "device"]
ATTRIBUTES: dict[Kind, str] = {
    "session": "Path=/; SameSite=Lax; HttpOnly",
    "refresh": "Path=/api/v1/auth; SameSite=Strict; HttpOnly",
    # No secret: tells the page's script that there is something to refresh, and when, and whose it is.
    "signed_in": "Path=/; SameSite=Lax",
    "nonce": "Path=/; SameSite=Lax; HttpOnly",
    "device": "Path=/; SameSite=Strict; HttpOnly",
}


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh pair of tokens, on its way into cookies. Nothing else keeps them."""

    access_token: str
    access_expires_at: datetime
    refresh_token: str
    session_expires_at: datetime
    device_cookie: str
    person: str
    """Tells two people apart, and nothing of either."""


def name_of(kind: Kind) -> str:
    """The cookie's name in this deployment."""
    # __Host- forbids any path but "/".
    prefix = "__Secure-" if kind == "refresh" else "__Host-"
    return f"{prefix if settings(AppSettings).secure else ''}aegis_{kind}"


def read(cookies: Mapping[str, str], kind: Kind) -> str | None:
    """The cookie's value, if there is one."""
    return cookies.get(name_of(kind)) or None


def parse(headers: Iterable[str]) -> dict[str, str]:
    """The cookies of a request's Cookie headers. Of two with one name the first is meant."""
    cookies: dict[str, str] = {}
    for pair in ";".join(headers).split(";"):
        name, separator, value = pair.partition("=")
        if separator:
            cookies.setdefault(name.strip(), value.strip())
    return cookies


def set_cookie(kind: Kind, value: str, max_age: int | None = None) -> str:
    """A Set-Cookie header; without an age the cookie lasts as long as the browser."""
    age = "" if max_age is None else f"; Max-Age={max_age}"
    secure = "; Secure" if settings(AppSettings).secure else ""
    return f"{name_of(kind)}={value}; {ATTRIBUTES[kind]}{age}{secure}"


def signed_in_cookies(issued: Issued) -> list[str]:
    """The Set-Cookie headers of a browser that has just signed in or refreshed."""
    now, runs_out = utc_now(), int(issued.access_expires_at.timestamp())
    whole = ceil((issued.session_expires_at - now).total_seconds())
    return [
        set_cookie("session", issued.access_token, ceil((issued.access_expires_at - now).total_seconds())),
        set_cookie("refresh", issued.refresh_token, whole),
        set_cookie("signed_in", f"{runs_out}.{issued.person}", whole),
        set_cookie("device", issued.device_cookie, int(DEVICE_LIFETIME.total_seconds())),
    ]


def has_run_out(marker: str) -> bool:
    """Whether the access token is over that the marker speaks of."""
    runs_out = marker.partition(".")[0]
    return runs_out.isdecimal() and int(runs_out[:20]) <= utc_now().timestamp()


def signed_out_cookies() -> list[str]:
    """The Set-Cookie headers of a browser whose session is over. Its device stays known."""
    return [set_cookie("session", "", 0), set_cookie("refresh", "", 0), set_cookie("signed_in", "", 0)]


def new_nonce() -> str:
    """A fresh value for the cookie that tickets are bound to."""
    return secrets.token_urlsafe(32)


def nonce_cookie(value: str) -> str:
    """The Set-Cookie header of that cookie."""
    return set_cookie("nonce", value)
