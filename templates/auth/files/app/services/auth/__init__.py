"""Sign-in: what routes, pages and commands may use. How it works is in the modules beside this one."""

from app.services.auth.auth_service import make_ticket, register, safe_next, sign_in, ticket_url
from app.services.auth.principal import Client, Principal, SignIn
from app.services.auth.session_service import (
    SessionInfo,
    end_session,
    identify,
    list_sessions,
    principal_of,
    sign_out,
    verify_token,
)
from app.services.auth.user_service import rename

__all__ = [
    "Client",
    "Principal",
    "SessionInfo",
    "SignIn",
    "end_session",
    "identify",
    "list_sessions",
    "make_ticket",
    "principal_of",
    "register",
    "rename",
    "safe_next",
    "sign_in",
    "sign_out",
    "ticket_url",
    "verify_token",
]
