import { defineFacts } from '#core/facts.ts';
import { section } from '../base/kinds.ts';
import module from './module.ts';

export default defineFacts(module, () => [
  section({
    title: 'On GitHub',
    lines: [
      'Every push to `main` and every pull request runs `make lint types test` (`.github/workflows/check.yml`), on the oldest and the',
      'newest Python; once a week there are pull requests for newer versions. Actions are pinned to commits and may read the',
      'repository, nothing more. Commit `uv.lock`: it is what the updates change.',
    ],
  }),
]);
