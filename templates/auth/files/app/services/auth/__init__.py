"""Sign-in: what routes, pages and commands may use. How it works is in the modules beside this one."""

from app.services.auth.auth_service import register, sign_in
from app.services.auth.client import Client
from app.services.auth.identity import identify, principal_of, verify_token
from app.services.auth.principal import Principal
from app.services.auth.sessions import SessionInfo, SignIn, end_session, list_sessions, sign_out
from app.services.auth.ticket_service import make_ticket, safe_next, ticket_url
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
