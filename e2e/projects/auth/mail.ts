/** Defect 13 and the outbox: mails really sent to a mail server, links that work once and lead home. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../support/http.ts';
import { type Mail, MailServer } from '../../support/smtp.ts';
import { waitFor } from '../../support/wait.ts';
import type { Subject } from '../subject.ts';
import {
  API,
  type House,
  moment,
  newEmail,
  newPerson,
  openDoor,
  openHouse,
  PASSWORD,
  register,
  signIn,
} from './people.ts';

const NEXT = 'another secret 8';

/** The newest mail to someone, once there are so many. */
export async function mailTo(sink: MailServer, recipient: string, count = 1): Promise<Mail> {
  await waitFor(`${count} mail(s) to ${recipient}`, () => sink.to(recipient).length >= count);
  // Two processes send side by side: the mail of the registration may come in after a later one.
  const isFirst = ({ link }: Mail): number => (link.includes('/verify-email') ? 0 : 1);
  return sink
    .to(recipient)
    .sort((a, b) => isFirst(a) - isFirst(b))
    .at(-1) as Mail;
}

export function mail(subject: Subject): void {
  let house: House;
  let sink: MailServer;
  beforeAll(async () => {
    sink = await MailServer.start();
    house = await openHouse(subject, 'unlimited', sink.environment);
  });
  afterAll(async () => {
    await house?.server.stop();
    await sink?.stop();
  });

  const askForReset = (email: string, headers: Record<string, string> = {}): Promise<Answer> =>
    house.server.client().post(`${API}/password-reset/request`, { json: { email }, headers });
  const reset = (token: string, password = NEXT): Promise<Answer> =>
    house.server.client().post(`${API}/password-reset/confirm`, { json: { token, new_password: password } });
  const dueNow = (): Promise<string[][]> =>
    house.database.sql(`UPDATE outgoing_mails SET next_try_at = '${moment(-1)}' WHERE sent_at IS NULL`);

  test('13: a new account gets a mail whose link verifies its address, once', async () => {
    const person = await newPerson(house.server);
    const sent = await mailTo(sink, person.email);
    expect([sent.from, sent.to]).toEqual(['no-reply@localhost', [person.email]]);
    expect(sent.link).toContain('/verify-email?token=');
    const confirm = (): Promise<Answer> =>
      person.client.post(`${API}/verify-email/confirm`, { json: { token: sent.token } });
    const answers = await Promise.all(Array.from({ length: 20 }, confirm));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
    expect((await person.client.get(`${API}/me`)).json().email_verified_at).toBeTruthy();
  });

  test('13: of twenty uses of one reset link at once one counts', async () => {
    const person = await newPerson(house.server);
    expect((await askForReset(person.email)).status).toBe(202);
    const { token } = await mailTo(sink, person.email, 2);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => reset(token, `${NEXT} ${index}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const right = await Promise.all(
      answers.map((_, index) => signIn(house.server.client(), person.email, `${NEXT} ${index}`)),
    );
    expect(right.flatMap(({ status }, index) => (status === 200 ? [index] : []))).toEqual([winner]);
  });

  test('13: no header leads a link elsewhere', async () => {
    const email = newEmail();
    await register(house.server.client(), email);
    await mailTo(sink, email);
    const evil = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-original-host': 'evil.example',
    };
    expect((await askForReset(email, evil)).status).toBe(202);
    const sent = await mailTo(sink, email, 2);
    expect(house.server.ports.map((port) => `localhost:${port}`)).toContain(new URL(sent.link).host);
    expect(sent.head + sent.text).not.toContain('evil');
    const door = await openDoor(subject, house, {
      ...sink.environment,
      RATE_LIMIT_ENABLED: 'false',
      PUBLIC_URL: 'https://app.example.com',
    });
    await house.server.stop();
    await door.client().post(`${API}/password-reset/request`, { json: { email }, headers: evil });
    expect((await mailTo(sink, email, 3)).link).toMatch(/^https:\/\/app\.example\.com\/reset-password\?token=/);
    await door.stop();
    house = { ...house, server: await openDoor(subject, house, { ...sink.environment, RATE_LIMIT_ENABLED: 'false' }) };
  });

  test('7: no token of a mail stands in the database or the log', async () => {
    const person = await newPerson(house.server);
    await askForReset(person.email);
    await person.client.post(`${API}/email/request`, { json: { email: `new.${person.email}` } });
    await mailTo(sink, person.email, 2);
    const tokens = [...sink.to(person.email), await mailTo(sink, `new.${person.email}`)].map(({ token }) => token);
    expect(tokens.map((token) => token.length)).toEqual([43, 43, 43]);
    const stored = await house.database.dump();
    for (const token of tokens) {
      expect(stored.includes(token)).toBe(false);
      expect(house.server.output.includes(token)).toBe(false);
    }
  });

  test('a refused mail is tried again with a new token, and the old one is dead', async () => {
    const person = await newPerson(house.server);
    await mailTo(sink, person.email);
    sink.refuseNext = 1;
    await askForReset(person.email);
    await waitFor('the mail to be refused', () => sink.refused.length === 1);
    await waitFor('the next try to be set', async () => {
      const rows = await house.database.sql(
        `SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL AND next_try_at < '${moment(60)}'`,
      );
      return rows[0]?.[0] === '1';
    });
    await dueNow();
    const second = await mailTo(sink, person.email, 2);
    const first = sink.refused[0] as Mail;
    expect(first.token).toHaveLength(43);
    expect(first.token === second.token).toBe(false);
    expect((await reset(first.token)).status).toBe(400);
    expect((await reset(second.token)).status).toBe(200);
  });

  test('a mail nobody takes is given up, and the log says so', async () => {
    const person = await newPerson(house.server);
    await mailTo(sink, person.email);
    const before = sink.refused.length;
    sink.refuseNext = 1;
    await askForReset(person.email);
    await waitFor('the mail to be refused', () => sink.refused.length > before);
    await waitFor('the next try to be set', async () => {
      const rows = await house.database.sql(
        `UPDATE outgoing_mails SET attempts = 5, next_try_at = '${moment(-1)}' WHERE sent_at IS NULL AND next_try_at < '${moment(60)}' RETURNING id`,
      );
      if (rows.length > 0) sink.refuseNext = 1;
      return rows.length === 1;
    });
    await waitFor('the mail to be given up', () => house.server.output.includes('mail_given_up'));
    sink.refuseNext = 0;
    const left = await house.database.sql(
      'SELECT attempts FROM outgoing_mails WHERE sent_at IS NULL AND failed_at IS NOT NULL',
    );
    expect(left).toEqual([['6']]);
  });

  test('two processes send each mail once', async () => {
    const second = await openDoor(subject, house, { ...sink.environment, RATE_LIMIT_ENABLED: 'false' });
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, index) => newPerson(index % 2 ? second : house.server)),
    );
    await waitFor('the outbox to be empty', async () => {
      const rows = await house.database.sql(
        'SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL AND failed_at IS NULL',
      );
      return rows[0]?.[0] === '0';
    });
    expect(people.map(({ email }) => sink.to(email).length)).toEqual(people.map(() => 1));
    await second.stop();
  });

  test('a request for a reset answers everybody alike, and writes to owners alone', async () => {
    const person = await newPerson(house.server);
    await mailTo(sink, person.email);
    const count = sink.taken.length;
    const known = await askForReset(person.email.toUpperCase());
    for (const email of [
      newEmail('nobody'),
      'no address',
      '',
      `${person.email}\r\nBcc: eve@example.com`,
      `${person.email}, eve@example.com`,
      `Eve <eve@example.com>, ${person.email}`,
    ]) {
      const answer = await askForReset(email);
      expect([email, answer.status, answer.text]).toEqual([email, known.status, known.text]);
    }
    // The account's own spelling is written to, not the one that was typed.
    const sent = await mailTo(sink, person.email, 2);
    expect(sent.headers.get('to')).toBe(person.email);
    expect(sent.headers.has('bcc')).toBe(false);
    await waitFor('the outbox to be empty', async () => {
      const rows = await house.database.sql(
        'SELECT count(*) FROM outgoing_mails WHERE sent_at IS NULL AND failed_at IS NULL',
      );
      return rows[0]?.[0] === '0';
    });
    expect(sink.taken.length).toBe(count + 1);
  });

  test('with STARTTLS nothing is said in clear, and a certificate that is not trusted gets no mail', async () => {
    const folder = subject.project.besides;
    const [key, cert] = [join(folder, 'smtp.key'), join(folder, 'smtp.crt')];
    const self = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...self, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    const secure = await MailServer.start({ key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') });
    const env = {
      ...secure.environment,
      SMTP_TLS: 'starttls',
      SMTP_USERNAME: 'app',
      SMTP_PASSWORD: 'of the mail server',
      MAIL_FROM: 'Our App <no-reply@app.example.com>',
      SSL_CERT_FILE: cert,
    };
    const trusting = await openHouse(subject, 'unlimited', env);
    const person = await newPerson(trusting.server);
    const sent = await mailTo(secure, person.email);
    expect([sent.secure, sent.user, sent.from]).toEqual([true, 'app of the mail server', 'no-reply@app.example.com']);
    await trusting.server.stop();

    const count = secure.taken.length;
    const wary = await openHouse(subject, 'unlimited', { ...env, SSL_CERT_FILE: '' });
    await register(wary.server.client(), newEmail(), PASSWORD);
    await waitFor('the refusal', () => wary.server.output.includes('mail_not_sent'));
    expect(secure.taken.length).toBe(count);
    expect(wary.server.output).not.toContain('of the mail server');
    await wary.server.stop();
    await secure.stop();
  });

  test('in development a mail is shown where the app runs', async () => {
    const plain = await openHouse(subject, 'unlimited');
    const email = newEmail();
    await register(plain.server.client(), email);
    await waitFor('the mail to be shown', () => plain.server.output.includes(`Mail to ${email}`));
    const links = plain.server.ports.map((port) => `http://localhost:${port}/verify-email?token=`);
    expect(links.some((link) => plain.server.output.includes(link))).toBe(true);
    await plain.server.stop();
  });
}
