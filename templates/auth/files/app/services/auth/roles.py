"""
Who may do what: a role is a set of permissions, and routes ask for permissions.

This is the one place to change it. A new permission is named here, given to roles, and asked for by
`require_permission("…")` on a route or `actor.require("…")` in a service.
"""

from collections.abc import Mapping
from typing import Literal

Role = Literal["user", "admin"]
Permission = Literal["users:read", "users:write", "users:delete", "roles:write", "audit:read"]

ORDINARY: Role = "user"
ADMIN: Role = "admin"
ROLES: Mapping[Role, frozenset[Permission]] = {
    # Looking after one's own account needs no permission.
    "user": frozenset(),
    "admin": frozenset({"users:read", "users:write", "users:delete", "roles:write", "audit:read"}),
}
