import { defineFacts } from '#core/facts.ts';
import { ignored, section } from '../base/kinds.ts';
import { workflowImage } from '../github/kinds.ts';
import module from './module.ts';

export default defineFacts(module, (options) => [
  ...['/.env.production', '/secrets/'].map((pattern) => ignored({ pattern })),
  workflowImage({ name: 'app' }),
  ...options.with('user', (user) => [
    section({
      title: 'Production in containers',
      lines: [
        'One image runs every process of the project. `uv sync` wrote `uv.lock`: commit it, the image is built from it. Then, on the',
        'machine that serves, with the https address that browsers use:',
        '',
        '```sh',
        'sh deploy/secrets.sh',
        "echo 'PUBLIC_URL=https://example.com' > .env.production",
        'docker compose --env-file .env.production --file compose.production.yaml --profile servers up --build --detach --wait',
        '```',
        '',
        `Everything runs as user ${user}, with a read-only root and no rights of the system. Secrets are files in \`secrets/\`, which only`,
        'their owner can open; `deploy/secrets.sh` makes those that are missing, and leaves empty what others hand out. Every other',
        'setting goes into `.env.production`. Without `--profile servers` no servers are started: those that the addresses there name',
        'are used. The app answers on 127.0.0.1:8000, for the proxy that speaks TLS; `TRUSTED_PROXIES` is to name it as the app sees',
        'it, which is the gateway of the network that compose made.',
      ],
    }),
  ]),
]);
