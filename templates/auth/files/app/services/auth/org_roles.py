"""
The roles within an organisation, from the least to the most: each may do what those before it may.

- member: sees the organisation and its members, and may leave.
- admin: renames it, invites, and changes or removes members and admins.
- owner: makes other owners, hands the organisation over, and deletes it.
"""

from typing import Literal

OrgRole = Literal["member", "admin", "owner"]
# An owner is made by an owner, never by a mail.
InvitedRole = Literal["member", "admin"]

MEMBER: OrgRole = "member"
ADMIN: OrgRole = "admin"
OWNER: OrgRole = "owner"
RANKS: tuple[OrgRole, ...] = (MEMBER, ADMIN, OWNER)
