/** Auth with GitHub and Google, both of which answer from this machine. */
import { describe } from 'vitest';
import { oauth } from './auth/oauth.ts';
import { AUTH_OAUTH } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(AUTH_OAUTH);

describe.skipIf(!subject)('a project with auth by GitHub and Google', () => {
  if (!subject) return;
  everyGate(subject, 'given');
  describe('sign-in, GitHub and Google', () => oauth(subject));
});
