/** Level rbac: roles, administration of accounts, the audit trail. */
import { router } from '../../backend/kinds.ts';
import { endpoint, section } from '../../base/kinds.ts';
import { migration, model } from '../../database/kinds.ts';
import { corner, view } from '../../frontend/kinds.ts';
import { RBAC_TABLES } from './schema.ts';

const API = 'app.components.backend.api.auth';
const PAGES = 'app.components.frontend';

export const RBAC_FILES = [
  'alembic/versions/auth_rbac.py',
  'app/components/backend/api/auth/roles.py',
  'app/components/backend/api/auth/users.py',
  'app/components/frontend/views/auth/administration.py',
  'app/components/frontend/views/auth/audit.py',
  'app/components/frontend/views/auth/users.py',
  'app/models/role.py',
  'app/services/auth/admin_service.py',
  'app/services/auth/audit_service.py',
  'app/services/auth/role_service.py',
  'app/services/auth/roles.py',
  'tests/test_auth_admin_pages.py',
  'tests/test_auth_roles.py',
];

export const RBAC = [
  RBAC_TABLES,
  ...router({ module: `${API}.users`, name: 'users_router' }),
  ...router({ module: `${API}.users`, name: 'audit_router' }),
  ...corner({ module: `${PAGES}.views.auth.administration`, name: 'admin_corner' }),
  ...view({ route: '/admin/users', title: 'Users', module: `${PAGES}.views.auth.users`, name: 'users' }),
  ...view({ route: '/admin/audit', title: 'Audit trail', module: `${PAGES}.views.auth.audit`, name: 'audit' }),
  model({ module: 'app.models.role' }),
  migration({ revision: 'auth_rbac', needs: ['auth_basic'] }),
  ...[
    ['GET', 'users', 'accounts, by page; `?search=` finds a part of an address'],
    ['GET', 'users/{id}', 'one account'],
    ['PATCH', 'users/{id}', 'change what somebody is called'],
    ['DELETE', 'users/{id}', 'delete an account'],
    ['PUT', 'users/{id}/role', 'give somebody another role'],
    ['POST', 'users/{id}/activate', 'switch an account on again'],
    ['POST', 'users/{id}/deactivate', 'switch an account off'],
    ['GET', 'audit', 'who did what to whom, when, from where'],
  ].map(([method = '', path, summary = '']) => endpoint({ method, path: `/api/v1/${path}`, summary })),
  section({
    title: 'Roles',
    lines: [
      'Roles and what they permit stand in `app/services/auth/roles.py`. A route asks for a permission:',
      '',
      '```python',
      '@router.get("/reports")',
      'async def reports(actor: Annotated[Actor, require_permission("audit:read")]) -> Reports: ...',
      '```',
      '',
      'The first admin is made on the command line: `uv run app auth promote EMAIL --role admin`.',
      'The last one cannot be demoted, switched off or deleted.',
    ],
  }),
];
