"""The only file that knows what the cookies are called.

Over https the names carry the prefixes that make a browser insist on Secure; then the plain names,
which a neighbouring subdomain could set, are not read. PUBLIC_URL decides, never the request.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Literal

from app.core.config import AppSettings, settings
from app.models.base import utc_now
from app.services.auth.client import DEVICE_LIFETIME
from app.services.auth.sessions import Issued

Kind = Literal["session", "refresh", "signed_in", "nonce", "device"]


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    same_site: Literal["Lax", "Strict"] = "Lax"
    path: str = "/"
    http_only: bool = True


_SHAPES: dict[Kind, _Shape] = {
    "session": _Shape("aegis_session"),
    "refresh": _Shape("aegis_refresh", same_site="Strict", path="/api/v1/auth"),
    # No secret: tells the page's script that there is something to refresh, and when.
    "signed_in": _Shape("aegis_signed_in", http_only=False),
    "nonce": _Shape("aegis_nonce"),
    "device": _Shape("aegis_device", same_site="Strict"),
}


def name_of(kind: Kind) -> str:
    """The cookie's name in this deployment."""
    shape = _SHAPES[kind]
    if not settings(AppSettings).secure:
        return shape.name
    # __Host- forbids any other path than "/".
    return ("__Host-" if shape.path == "/" else "__Secure-") + shape.name


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
    """A Set-Cookie header."""
    shape = _SHAPES[kind]
    parts = [f"{name_of(kind)}={value}", f"Path={shape.path}", f"SameSite={shape.same_site}"]
    if max_age is not None:
        parts.append(f"Max-Age={max_age}")
    if shape.http_only:
        parts.append("HttpOnly")
    if settings(AppSettings).secure:
        parts.append("Secure")
    return "; ".join(parts)


def clear_cookie(kind: Kind) -> str:
    """A Set-Cookie header that deletes the cookie."""
    return set_cookie(kind, "", max_age=0)


def signed_in_cookies(issued: Issued) -> list[str]:
    """The Set-Cookie headers of a browser that has just signed in or refreshed."""
    now = utc_now()
    access = ceil((issued.access_expires_at - now).total_seconds())
    whole = ceil((issued.session_expires_at - now).total_seconds())
    runs_out = str(int(issued.access_expires_at.timestamp()))
    return [
        set_cookie("session", issued.access_token, access),
        set_cookie("refresh", issued.refresh_token, whole),
        set_cookie("signed_in", runs_out, whole),
        set_cookie("device", issued.device_cookie, int(DEVICE_LIFETIME.total_seconds())),
    ]


def signed_out_cookies() -> list[str]:
    """The Set-Cookie headers of a browser whose session is over. Its device stays known."""
    return [clear_cookie("session"), clear_cookie("refresh"), clear_cookie("signed_in")]


def new_nonce() -> str:
    """A fresh value for the cookie that tickets are bound to."""
    return secrets.token_urlsafe(32)


def nonce_cookie(value: str) -> str:
    """The Set-Cookie header of that cookie."""
    return set_cookie("nonce", value)
