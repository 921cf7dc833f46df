"""Who is on the other end, as far as that can be believed."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import Scope

from app.core.config import AppSettings, settings

UNKNOWN = "unknown"


def header(scope: Scope, name: str) -> str | None:
    """The values of a request header, joined as one list; None when it is absent."""
    wanted = name.lower().encode("ascii")
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == wanted]
    return ", ".join(values) if values else None


def client_address(scope: Scope) -> str:
    """The client's address; trusted proxies have been looked behind already."""
    client = scope.get("client")
    return client[0] if client else UNKNOWN


def own_origin(scope: Scope) -> str:
    """The origin our own pages have in the browser: PUBLIC_URL, or in development the Host asked for."""
    public = settings(AppSettings).public_url
    if public:
        return public
    scheme = "https" if scope["scheme"] in {"https", "wss"} else "http"
    return f"{scheme}://{header(scope, 'host') or ''}".lower()


def forwarded_client(peer: str, forwarded: str) -> str:
    """
    The rightmost hop that is not one of TRUSTED_PROXIES.

    Everything left of it was written by strangers. A hop that is no address ends the search: what a trusted
    proxy could not name cannot be trusted either.
    """
    address = peer
    for hop in reversed(forwarded.split(",")):
        if not is_trusted(address):
            break
        parsed = _parse(hop)
        if parsed is None:
            break
        address = str(parsed)
    return address


def is_trusted(address: str) -> bool:
    """Whether the address is one of TRUSTED_PROXIES."""
    parsed = _parse(address)
    return parsed is not None and any(parsed in network for network in settings(AppSettings).trusted_proxies)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
