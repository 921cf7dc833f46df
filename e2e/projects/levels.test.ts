/** A project with people in it grows from basic to rbac to org: each step is a migration, and everybody stays. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promote, USERS } from './auth/admins.ts';
import { API, type House, me, newEmail, PASSWORD, type Person, register, signIn } from './auth/people.ts';
import { AUTH_POSTGRES, AUTH_SQLITE } from './combinations.ts';
import type { Database } from './database.ts';
import { type Server, stackwright } from './project.ts';
import { type Subject, subjectOf } from './subject.ts';

const ENGINES = [
  { combination: AUTH_SQLITE, engine: 'sqlite' },
  { combination: AUTH_POSTGRES, engine: 'postgres' },
] as const;

for (const { combination, engine } of ENGINES) {
  const subject = await subjectOf(combination);
  describe.skipIf(!subject)(`a project on ${engine} that grows`, () => {
    if (subject) growing(subject, engine);
  });
}

function growing(subject: Subject, engine: string): void {
  let database: Database;
  let server: Server;
  const people: Person[] = [];
  const environment = (): Record<string, string> => ({ DATABASE_URL: database.url, RATE_LIMIT_ENABLED: 'false' });
  const house = (): House => ({ server, database });

  /** Made anew over the old one, which it goes on from; then migrated, and started. */
  const grow = async (level: string): Promise<void> => {
    await server.stop();
    const { folder } = subject.project;
    const [name, services] = [subject.combination.name, `auth[${level},${engine}]`];
    await stackwright(['init', name, '--services', services, '--output', folder, '--force']);
    await subject.project.install();
    await subject.project.must('make', ['migrate'], { env: environment() });
    server = await subject.project.serve(environment());
  };
  const newcomer = async (name: string): Promise<void> => {
    const [client, email] = [server.client(), newEmail(name)];
    const answer = await register(client, email);
    expect(answer.status, answer.text).toBe(201);
    people.push({ client, email, id: String(answer.json().id) });
  };
  const revision = (): Promise<string[][]> => database.sql('SELECT version_num FROM alembic_version');
  const everybodyIsStillThere = async (): Promise<void> => {
    for (const { email, id, client } of people) {
      // Those who were signed in still are, under the new server's address, with the cookies they have.
      const cookies = { headers: { cookie: client.jar.headerFor(`${API}/me`) } };
      expect(await me(server.client(), cookies), email).toBe(200);
      const back = server.client();
      expect((await signIn(back, email, PASSWORD)).status, email).toBe(200);
      expect((await back.get(`${API}/me`)).json().id).toBe(id);
    }
  };

  beforeAll(async () => {
    database = await subject.database();
    await subject.project.must('make', ['migrate'], { env: environment() });
    server = await subject.project.serve(environment());
  });
  afterAll(() => server?.stop());

  test('basic: people register', async () => {
    await newcomer('ada');
    await newcomer('bob');
    expect(await revision()).toEqual([['auth_basic']]);
  });

  test('basic to rbac: they sign in, and one becomes admin', async () => {
    await grow('rbac');
    expect(await revision()).toEqual([['auth_rbac']]);
    await everybodyIsStillThere();
    const [ada] = people as [Person, Person];
    await promote(subject, house(), ada);
    const client = server.client();
    await signIn(client, ada.email);
    expect((await client.get(USERS)).json()).toMatchObject({ total: 2, items: [{ role: 'admin' }, { role: 'user' }] });
    await newcomer('eve');
  });

  test('rbac to org: they sign in, the admin is one, and one has an organisation', async () => {
    await grow('org');
    expect(await revision()).toEqual([['auth_org']]);
    await everybodyIsStillThere();
    const [ada, bob] = people as [Person, Person];
    const [admin, owner] = [server.client(), server.client()];
    await signIn(admin, ada.email);
    expect((await admin.get(USERS)).json().total).toBe(3);
    await signIn(owner, bob.email);
    expect((await owner.post('/api/v1/orgs', { json: { slug: 'house', name: 'House' } })).status).toBe(201);
    expect((await admin.get('/api/v1/orgs/house')).status).toBe(404);
  });

  test('the models are what the database has', async () => {
    const ran = await subject.project.must('alembic', ['check'], { env: environment() });
    expect(ran.output).toContain('No new upgrade operations detected');
    expect((await stackwright(['verify', subject.project.folder])).code).toBe(0);
  });
}
