/** The tables as one Mermaid diagram; each level and option adds its own. A test compares it with the models. */

import { diagram } from '#core/diagrams.ts';
import type { Fact } from '#core/facts.ts';

const part = (...lines: readonly string[]): Fact => diagram({ id: 'auth-schema', title: 'Auth: the tables', lines });

/** @param columns `type name [PK] [FK table] [UK]` */
function table(name: string, ...columns: readonly string[]): string[] {
  const drawn = columns.map((column) => {
    const [type = '', field = '', ...marks] = column.split(' ');
    const keys = marks.filter((mark) => /^(PK|FK|UK)$/.test(mark)).join(', ');
    return `    ${type} ${field} ${keys}`.trimEnd();
  });
  const references = columns.flatMap((column) => {
    const [, field = '', to = ''] = /^\S+ (\S+).* FK (\S+)/.exec(column) ?? [];
    return to === '' ? [] : [`  ${to} ||--o{ ${name} : ${field}`];
  });
  return [`  ${name} {`, ...drawn, '  }', ...references];
}

export const BASIC_TABLES = part(
  'erDiagram',
  ...table(
    'users',
    'uuid id PK',
    'text email',
    'text email_key UK',
    'time email_verified_at',
    'text full_name',
    'text password_hash',
    'boolean is_active',
    'time created_at',
    'time updated_at',
  ),
  ...table(
    'auth_sessions',
    'uuid id PK',
    'uuid user_id FK users',
    'text user_agent',
    'text address',
    'time created_at',
    'time last_seen_at',
    'time expires_at',
    'time ended_at',
    'boolean is_fresh',
  ),
  ...table(
    'refresh_tokens',
    'text token_hash PK',
    'uuid session_id FK auth_sessions',
    'time created_at',
    'time rotated_at',
  ),
  ...table('sign_in_tickets', 'text ticket_hash PK', 'text nonce_hash', 'uuid user_id FK users', 'time expires_at'),
  ...table(
    'api_keys',
    'uuid id PK',
    'uuid user_id FK users',
    'text key_hash UK',
    'text name',
    'text scope',
    'time created_at',
    'time expires_at',
    'time last_used_at',
  ),
  ...table(
    'outgoing_mails',
    'uuid id PK',
    'text purpose',
    'text recipient',
    'uuid about_id',
    'integer attempts',
    'time created_at',
    'time next_try_at',
    'time sent_at',
    'time failed_at',
  ),
  ...table(
    'one_time_tokens',
    'uuid mail_id PK FK outgoing_mails',
    'uuid user_id FK users',
    'text purpose',
    'text token_hash UK',
    'text email',
    'time expires_at',
  ),
  ...table(
    'auth_events',
    'integer id PK',
    'time at',
    'text kind',
    'uuid user_id',
    'uuid actor_id',
    'uuid session_id',
    'text detail',
    'text address',
    'text user_agent',
  ),
  ...table('auth_limits', 'text key PK', 'integer hits', 'time blocked_until', 'time forget_at'),
);

export const RBAC_TABLES = part(...table('user_roles', 'uuid user_id PK FK users', 'text role', 'time granted_at'));

export const ORG_TABLES = part(
  ...table('organisations', 'uuid id PK', 'text slug UK', 'text name', 'time created_at'),
  ...table(
    'memberships',
    'uuid organisation_id PK FK organisations',
    'uuid user_id PK FK users',
    'text role',
    'time joined_at',
  ),
  ...table(
    'invitations',
    'uuid id PK',
    'uuid organisation_id FK organisations',
    'text email',
    'text email_key',
    'text role',
    'uuid invited_by FK users',
    'text token_hash UK',
    'time created_at',
    'time expires_at',
  ),
);

export const OAUTH_TABLES = part(
  ...table(
    'oauth_identities',
    'text issuer PK',
    'text subject PK',
    'uuid user_id FK users',
    'text email',
    'time created_at',
  ),
  ...table(
    'oauth_states',
    'text state_hash PK',
    'text browser_hash',
    'text provider',
    'text code_verifier',
    'text nonce',
    'text redirect_uri',
    'text next_path',
    'uuid session_id FK auth_sessions',
    'time expires_at',
  ),
);
