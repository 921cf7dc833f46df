/** Level org: defect 5, the last owner, and what a stranger finds of an organisation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../../support/http.ts';
import { MailServer } from '../../support/smtp.ts';
import type { Subject } from '../subject.ts';
import { mailFor, newOrg, ORGS, setRole, verifiedPerson } from './admins.ts';
import { API, type House, moment, newEmail, newPerson, openHouse, type Person, register } from './people.ts';

const manyTimes = <T>(times: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, make));

export function orgs(subject: Subject): void {
  let house: House;
  let sink: MailServer;
  let owner: Person;
  beforeAll(async () => {
    sink = await MailServer.start();
    house = await openHouse(subject, 'unlimited', sink.environment);
    owner = await newPerson(house.server, 'owner');
  });
  afterAll(async () => {
    await house?.server.stop();
    await sink?.stop();
  });

  const accept = (client: Client, token: string): Promise<Answer> =>
    client.post('/api/v1/invitations/accept', { json: { token } });
  /** Invites, and says the token that the mail brings. */
  const invite = async (slug: string, email: string, role = 'member', count = 1): Promise<string> => {
    const answer = await owner.client.post(`${ORGS}/${slug}/invitations`, { json: { email, role } });
    expect(answer.status, answer.text).toBe(201);
    return (await mailFor(sink, email, '/invitation', count)).token;
  };
  /** Somebody who came in the way everybody does. */
  const newMember = async (slug: string, role = 'member'): Promise<Person> => {
    const person = await verifiedPerson(house.server, sink, role);
    const invited = role === 'owner' ? 'admin' : role;
    expect((await accept(person.client, await invite(slug, person.email, invited))).status).toBe(200);
    if (role === 'owner') {
      const path = `${ORGS}/${slug}/members/${person.id}/role`;
      expect((await owner.client.ask('PUT', path, { json: { role } })).status).toBe(200);
    }
    return person;
  };

  describe('5: an invitation', () => {
    test('binds to the verified address it was sent to', async () => {
      const slug = await newOrg(owner.client);
      const [other, email] = [await verifiedPerson(house.server, sink), newEmail('invited')];
      const token = await invite(slug, email);
      const client = house.server.client();
      await register(client, email);
      // Passed on to somebody else, taken by an account that only says it has the address, or without one.
      expect((await accept(other.client, token)).status).toBe(404);
      expect((await accept(client, token)).status).toBe(403);
      expect((await accept(house.server.client(), token)).status).toBe(401);
      const { token: proof } = await mailFor(sink, email, '/verify-email');
      await client.post(`${API}/verify-email/confirm`, { json: { token: proof } });
      expect((await accept(client, token)).json()).toMatchObject({ slug, role: 'member' });
      expect((await other.client.get(`${ORGS}/${slug}`)).status).toBe(404);
    });

    test('is for one: of twenty acceptances at once one joins', async () => {
      const slug = await newOrg(owner.client);
      const person = await verifiedPerson(house.server, sink);
      const token = await invite(slug, person.email);
      const answers = await Promise.all(Array.from({ length: 20 }, () => accept(person.client, token)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 404)]);
      const members = (await owner.client.get(`${ORGS}/${slug}/members`)).json() as { user_id: string }[];
      expect(members.map(({ user_id }) => user_id)).toEqual([owner.id, person.id]);
    });

    test('ends after seven days, when it is revoked, and when another takes its place', async () => {
      const slug = await newOrg(owner.client);
      const person = await verifiedPerson(house.server, sink);
      const tokens = [await invite(slug, person.email), await invite(slug, person.email, 'admin', 2)];
      const [open] = (await owner.client.get(`${ORGS}/${slug}/invitations`)).json();
      const days = (Date.parse(open.expires_at) - Date.parse(open.created_at)) / 86_400_000;
      expect(Math.round(days)).toBe(7);
      expect((await accept(person.client, tokens[0] as string)).status).toBe(404);
      expect((await owner.client.ask('DELETE', `${ORGS}/${slug}/invitations/${open.id}`)).status).toBe(204);
      tokens.push(await invite(slug, person.email, 'member', 3));
      await house.database.sql(`UPDATE invitations SET expires_at = '${moment(-1)}'`);
      for (const token of tokens) expect((await accept(person.client, token)).status).toBe(404);
      expect((await owner.client.get(`${ORGS}/${slug}/invitations`)).json()).toEqual([]);
    });

    test('7: does not stand in the database in clear', async () => {
      const slug = await newOrg(owner.client);
      const token = await invite(slug, newEmail());
      expect(token.length).toBeGreaterThan(40);
      expect(await house.database.dump()).not.toContain(token);
    });
  });

  test('3: an organisation is nothing to a stranger, and its ids are nothing elsewhere', async () => {
    const [slug, elsewhere] = [await newOrg(owner.client), await newOrg(owner.client)];
    const member = await newMember(slug);
    await invite(elsewhere, newEmail());
    const [foreign] = (await owner.client.get(`${ORGS}/${elsewhere}/invitations`)).json();
    // Where somebody is admin, ids of another organisation lead nowhere.
    await newOrg(member.client);
    const [mine] = ((await member.client.get(ORGS)).json() as { slug: string; role: string }[]).filter(
      ({ role }) => role === 'owner',
    );
    const own = `${ORGS}/${mine?.slug}`;
    expect((await member.client.ask('DELETE', `${own}/invitations/${foreign.id}`)).status).toBe(404);
    expect((await member.client.ask('DELETE', `${own}/members/${owner.id}`)).status).toBe(404);
    expect(
      (await member.client.ask('PUT', `${own}/members/${owner.id}/role`, { json: { role: 'member' } })).status,
    ).toBe(404);
    expect((await member.client.post(`${own}/transfer`, { json: { user_id: owner.id } })).status).toBe(404);
    expect((await owner.client.get(`${ORGS}/${elsewhere}/invitations`)).json()).toEqual([foreign]);
    // What exists is not told from what does not, not even to an admin of all accounts.
    const admin = await newPerson(house.server, 'admin');
    await setRole(house, admin, 'admin');
    const [there, not] = [await admin.client.get(`${ORGS}/${slug}`), await admin.client.get(`${ORGS}/no-such-house`)];
    expect([there.status, not.status]).toEqual([404, 404]);
    expect(there.text).toBe(not.text);
  });

  describe('of owners who leave at the same moment', () => {
    const ways: Record<string, (person: Person, slug: string) => Promise<Answer>> = {
      'by leaving': ({ client, id }, slug) => client.ask('DELETE', `${ORGS}/${slug}/members/${id}`),
      'by demotion': ({ client, id }, slug) =>
        client.ask('PUT', `${ORGS}/${slug}/members/${id}/role`, { json: { role: 'admin' } }),
      'by deleting their accounts': ({ client }) => client.ask('DELETE', `${API}/me`),
    };
    test.each(Object.keys(ways))('one stays: %s', async (way) => {
      // The owner of before goes too, so the organisation is one of their own.
      // Each waits for mails, so all of them come in at once.
      const rounds = await manyTimes(3, async () => {
        const slug = await newOrg(owner.client);
        return { slug, owners: await manyTimes(3, () => newMember(slug, 'owner')) };
      });
      for (const { slug, owners } of rounds) {
        expect((await owner.client.ask('DELETE', `${ORGS}/${slug}/members/${owner.id}`)).status).toBe(204);
        const answers = await Promise.all(owners.map((person) => ways[way]?.(person, slug) as Promise<Answer>));
        const statuses = answers.map(({ status }) => (status < 300 ? 'gone' : status));
        expect(statuses.sort()).toEqual([409, 'gone', 'gone']);
        const left = await house.database.sql(
          `SELECT count(*) FROM memberships JOIN organisations ON id = organisation_id WHERE slug = '${slug}' AND role = 'owner'`,
        );
        expect(left).toEqual([['1']]);
      }
    });
  });

  test('handing over and the owner’s deletion at once leave an owner', async () => {
    const rounds = await manyTimes(5, async () => {
      const slug = await newOrg(owner.client);
      return { slug, heir: await newMember(slug) };
    });
    for (const { slug, heir } of rounds) {
      const [handed, deleted] = await Promise.all([
        owner.client.post(`${ORGS}/${slug}/transfer`, { json: { user_id: heir.id } }),
        heir.client.ask('DELETE', `${API}/me`),
      ]);
      expect([
        [200, 409],
        [404, 204],
      ]).toContainEqual([handed.status, deleted.status]);
    }
  });
}
