import { defineFacts } from '#core/facts.ts';
import { lifespan, overview } from '../backend/kinds.ts';
import { section, setting, settings } from '../base/kinds.ts';
import { corner, view } from '../frontend/kinds.ts';
import { cardImport } from './kinds.ts';
import module from './module.ts';

const FOLDER = 'app.components.dashboard';
const PATH = '/dashboard';
const FOR_ADMINS = { option: 'auth', is: [true] } as const;
const OPEN = { option: 'auth', is: [false] } as const;
const ABOUT = [
  '`/dashboard` has a card for every part: how it is, how long it takes to answer, and what matters there. The worst of them stands on',
];
const OWN =
  'A card of your own is an async function that returns a `Card`, in `CARDS` of `app/components/dashboard/parts.py`.';

export default defineFacts(
  module,
  (options) => [
    overview({ path: PATH }),
    cardImport({ module: `${FOLDER}.card`, names: ['Card'], several: false }),
    ...settings({ module: `${FOLDER}.settings`, name: 'DashboardSettings' }),
    setting({
      name: 'DASHBOARD_REFRESH_SECONDS',
      value: '5',
      comment: 'how often an open dashboard asks all parts anew',
      group: 'Dashboard',
    }),
    ...options.when(
      'auth',
      [true],
      [
        ...corner({ module: `${FOLDER}.corner`, name: 'dashboard_corner' }),
        ...view({ route: PATH, title: 'Dashboard', module: `${FOLDER}.page`, name: 'dashboard' }),
      ],
    ),
    ...options.when('auth', [false], lifespan({ module: `${FOLDER}.open`, name: 'dashboard_lifespan' })),
    ...options.with('auth', (asked) => [
      section({
        title: 'Dashboard',
        lines: [
          ...ABOUT,
          asked
            ? 'top, and an open page asks again every few seconds. Admins see it; whoever is none any more loses it with the next look.'
            : 'top, and an open page asks again every few seconds. It tells whoever opens it, so it is there in development only: in',
          ...(asked
            ? ['', OWN]
            : ['production that address is no page. The link to sign-in shows it to admins, there too.', '', OWN]),
        ],
      }),
    ]),
  ],
  {
    files: {
      'app/components/dashboard/open.py': OPEN,
      'tests/test_dashboard_admins.py': FOR_ADMINS,
      'tests/test_dashboard_open.py': OPEN,
    },
  },
);
