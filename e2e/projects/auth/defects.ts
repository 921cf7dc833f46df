/** The fifteen defects that public generators ship, the tests that show ours to have none, and where each of them runs. */
import { expect, test } from 'vitest';
import type { Combination } from '../combinations.ts';
import type { Subject } from '../subject.ts';

interface Proof {
  /** A test's names, its area's first. */
  readonly test: string;
  /** What a project needs for the test to have a subject; left out where every one with accounts has it. */
  readonly where?: 'oauth' | 'level' | 'org' | 'postgres';
}
interface Defect {
  readonly about: string;
  readonly proofs: readonly Proof[];
}

const by = (where: Proof['where'], ...tests: readonly string[]): Proof[] =>
  tests.map((test) => ({ test, ...(where ? { where } : {}) }));
const everywhere = (...tests: readonly string[]): Proof[] => by(undefined, ...tests);

export const DEFECTS: Readonly<Record<number, Defect>> = {
  1: {
    about: 'passwords are cut, or refused, when they are long',
    proofs: everywhere(
      'passwords > 1: 72 times é are a password',
      'passwords > 1: 200 characters are a password',
      'passwords > 1: one that differs at character 100 only',
    ),
  },
  2: {
    about: 'sign-in tells whether there is an account, and of what kind',
    proofs: [
      ...everywhere('passwords > 2: an unknown address, a wrong password and a disabled account'),
      ...everywhere('limits > 11: a lock-out tells nothing of whether there is an account'),
      ...by('oauth', 'with github > 2: a password is wrong there exactly as', 'with google > 2: a password is wrong'),
    ],
  },
  3: {
    about: 'people list, change or delete others',
    proofs: [
      ...everywhere(
        'registration > 3: nobody can list, read, change',
        'every route > answers everybody what its table',
      ),
      ...by('level', 'roles, by HTTP > 3: nobody and no ordinary user'),
      ...by('org', 'organisations, by HTTP > 3: an organisation is nothing to a stranger'),
    ],
  },
  4: {
    about: 'an account made in advance, or an address nobody verified, opens that of its owner',
    proofs: ['github', 'google'].flatMap((name) =>
      by(
        'oauth',
        `with ${name} > 4: takes over what somebody registered`,
        `with ${name} > 4: opens a proven account only once`,
        `with ${name} > makes no account of an address that is not verified`,
        `with ${name} > knows a person by the subject and not by the address`,
      ),
    ),
  },
  5: {
    about: 'an invitation is good for anybody, for ever',
    proofs: by(
      'org',
      '5: an invitation > binds to the verified address',
      '5: an invitation > is for one: of twenty acceptances',
      '5: an invitation > ends after seven days',
    ),
  },
  6: {
    about: 'refreshes at once sign people out, and theft goes unseen',
    proofs: everywhere(
      'with 1 process(es) > 6: twenty refreshes of one token at once',
      'with 2 process(es) > 6: twenty refreshes of one token at once',
      'refresh > 6: once the successor was used, the old token is theft',
      'refresh > 6: shown after the window it is theft',
      'refresh > 6: a window of 0 is strict',
    ),
  },
  7: {
    about: 'tokens stand in the database in clear',
    proofs: [
      ...everywhere(
        'registration > 7: nothing that opens a door stands in the database',
        'API keys > 7: a key is shown once',
        'mail > 7: no token of a mail stands in the database',
      ),
      ...by('oauth', 'GitHub and Google > 10: stores neither state nor the browser'),
      ...by('org', '5: an invitation > 7: does not stand in the database in clear'),
    ],
  },
  8: {
    about: 'sessions outlive their limit, signing out, and the account',
    proofs: everywhere(
      'refresh > 8: past the absolute limit',
      'refresh > 8: logout ends the access token too',
      'refresh > 8: a disabled user is out at once',
    ),
  },
  9: {
    about: 'tokens are taken that nobody issued, or not for this',
    proofs: everywhere(
      'tokens > 9: names the person by id',
      'tokens > 9: everything else is 401',
      'with EdDSA > 9: no other key, algorithm',
      'with RS256 > 9: no other key, algorithm',
    ),
  },
  10: {
    about: 'an answer of a provider counts twice, elsewhere, or leads to another site',
    proofs: [
      ...everywhere('registration > 10: a ticket leads to no other site'),
      ...['github', 'google'].flatMap((name) =>
        by(
          'oauth',
          `with ${name} > takes an answer once`,
          `with ${name} > takes it from no other browser, and with no other state`,
          `with ${name} > takes no answer that is late`,
          `with ${name} > goes on to nowhere else`,
        ),
      ),
      ...by('oauth', '10: a Google token is refused: wrong nonce'),
    ],
  },
  11: {
    about: 'limits are a process’s own, believe a header, or shut the owner out',
    proofs: [
      ...everywhere(
        'limits > 11: ten sign-ins a minute from one address, counted over both processes',
        'limits > 11: forty at once are ten, whatever they say',
        'limits > 11: five failures lock one account for one address',
        'limits > 11: a hundred failures an hour from strangers',
        'account life > 11: whoever is locked out by strangers',
      ),
      ...by('postgres', 'the store > 11: while the store is down'),
    ],
  },
  12: {
    about: 'registering makes an admin, or two accounts of one address',
    proofs: [
      ...everywhere(
        'registration > 12: two first registrations at once',
        'registration > 12: of twelve registrations of one address at once',
        'registration > 12: nothing said at registration',
      ),
      ...by('level', 'roles, by HTTP > 12: an admin is made on the command line'),
    ],
  },
  13: {
    about: 'mails are not sent, work twice, or lead to another host',
    proofs: everywhere(
      'mail > 13: a new account gets a mail',
      'mail > 13: of twenty uses of one reset link at once',
      'mail > 13: no header leads a link elsewhere',
    ),
  },
  14: {
    about: 'hashing stops everybody else, or takes all memory',
    proofs: everywhere(
      'passwords > 14: while passwords are hashed the app answers others',
      'passwords > 14: no more passwords are hashed at once',
    ),
  },
  15: {
    about: 'another site acts for whoever is signed in here',
    proofs: [
      ...['register', 'register, short', 'token', 'login', 'refresh', 'change', 'logout', 'end sessions'].flatMap(
        (act) => everywhere(`15: '${act}' > is refused from elsewhere`, `15: '${act}' > passes from its own pages`),
      ),
      ...everywhere(
        'other sites > 15: JSON under another media type',
        'other sites > 15: reading is allowed from anywhere',
        'other sites > 15: with PUBLIC_URL the own origin is that',
      ),
    ],
  },
};

/** Whether a proof has a subject in a project. */
function applies({ where }: Proof, { oauth, level, engine }: Combination): boolean {
  const has = {
    oauth: oauth === true,
    level: level !== undefined,
    org: level === 'org',
    postgres: engine === 'postgres',
  };
  return where === undefined || has[where];
}

interface Task {
  readonly name: string;
  readonly mode: string;
  readonly tasks?: readonly Task[];
}

/** Every test of a file that is not left out, by all its names. */
function running(task: Task, above: readonly string[] = []): string[] {
  const names = [...above, task.name];
  if (task.tasks) return task.tasks.flatMap((each) => running(each, names));
  return task.mode === 'run' ? [names.join(' > ')] : [];
}

/** That this very file runs what the list above names; alone it finds nothing and says so by failing. */
export function defectsGate(subject: Subject): void {
  test('each of the fifteen has its tests, and they run here', ({ task }) => {
    expect(Object.keys(DEFECTS)).toHaveLength(15);
    const tests = running(task.file);
    const missing = Object.entries(DEFECTS).flatMap(([number, { proofs }]) =>
      proofs
        .filter((proof) => applies(proof, subject.combination) && !tests.some((name) => name.includes(proof.test)))
        .map(({ test: name }) => `${number}: ${name}`),
    );
    expect(missing).toEqual([]);
    const shown = Object.values(DEFECTS).filter(({ proofs }) =>
      proofs.some((each) => applies(each, subject.combination)),
    );
    // Invitations and providers are nothing where there are none: defects 4 and 5.
    const { oauth, level } = subject.combination;
    expect(shown).toHaveLength(15 - (oauth ? 0 : 1) - (level === 'org' ? 0 : 1));
  });
}
