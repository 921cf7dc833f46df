/** Level org: organisations, memberships, invitations. */
import { router } from '../../backend/kinds.ts';
import { endpoint, section } from '../../base/kinds.ts';
import { migration, model } from '../../database/kinds.ts';
import { view } from '../../frontend/kinds.ts';
import { ORG_TABLES } from './schema.ts';

const API = 'app.components.backend.api.auth';
const PAGES = 'app.components.frontend';

export const ORG_FILES = [
  'alembic/versions/auth_org.py',
  'app/components/backend/api/auth/org_deps.py',
  'app/components/backend/api/auth/orgs.py',
  'app/components/frontend/views/auth/invitation.py',
  'app/components/frontend/views/auth/membership.py',
  'app/components/frontend/views/auth/org.py',
  'app/components/frontend/views/auth/org_people.py',
  'app/components/frontend/views/auth/orgs.py',
  'app/models/org.py',
  'app/services/auth/invitation_service.py',
  'app/services/auth/member_service.py',
  'app/services/auth/org_guard.py',
  'app/services/auth/org_roles.py',
  'app/services/auth/org_service.py',
  'tests/test_auth_org_pages.py',
  'tests/test_auth_orgs.py',
];

export const ORG = [
  ORG_TABLES,
  ...router({ module: `${API}.orgs`, name: 'orgs_router' }),
  ...router({ module: `${API}.orgs`, name: 'invitations_router' }),
  ...view({
    route: '/invitation',
    title: 'You are invited',
    module: `${PAGES}.views.auth.invitation`,
    name: 'invitation',
  }),
  ...view({ route: '/orgs', title: 'Organisations', module: `${PAGES}.views.auth.orgs`, name: 'orgs' }),
  model({ module: 'app.models.org' }),
  migration({ revision: 'auth_org', needs: ['auth_rbac'] }),
  ...[
    ['POST', 'orgs', 'make an organisation'],
    ['GET', 'orgs', 'the organisations one belongs to'],
    ['GET', 'orgs/{slug}', 'one organisation'],
    ['PATCH', 'orgs/{slug}', 'change its name'],
    ['DELETE', 'orgs/{slug}', 'delete it'],
    ['POST', 'orgs/{slug}/transfer', 'hand it over to another member'],
    ['GET', 'orgs/{slug}/members', 'who belongs to it'],
    ['PUT', 'orgs/{slug}/members/{id}/role', 'give a member another role'],
    ['DELETE', 'orgs/{slug}/members/{id}', 'take a member out, or leave'],
    ['POST', 'orgs/{slug}/invitations', 'invite an address by mail'],
    ['GET', 'orgs/{slug}/invitations', 'the open invitations'],
    ['DELETE', 'orgs/{slug}/invitations/{id}', 'take an invitation back'],
    ['POST', 'invitations/accept', 'join with the token of a mail'],
  ].map(([method = '', path, summary = '']) => endpoint({ method, path: `/api/v1/${path}`, summary })),
  section({
    title: 'Organisations',
    lines: [
      'A path names the organisation, and a route asks for membership: a stranger gets 404, whether it exists or not.',
      '',
      '```python',
      '@router.get("/api/v1/orgs/{slug}/projects")',
      'async def projects(member: OrgMember, session: SessionDep) -> list[Project]:',
      '    return await list_projects(session, member.org_id)',
      '```',
      '',
      'The roles (member, admin, owner) stand in `app/services/auth/org_roles.py`; `require_org_role("admin")` asks for one.',
    ],
  }),
];
