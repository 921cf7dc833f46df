import { defineFacts } from '#core/facts.ts';
import { ignored, section } from '../base/kinds.ts';
import module from './module.ts';

const OWN = 'deploy/ingress/certificates';
const UP = 'docker compose -f compose.production.yaml -f compose.ingress.yaml up --detach';

/** What is written down to have a certificate of one's own taken, and where. */
const OWN_CERTIFICATE = {
  traefik: {
    file: 'deploy/ingress/dynamic/certificates.yaml',
    lines: [
      '```yaml',
      'tls:',
      '  certificates:',
      '    - certFile: /etc/traefik/certificates/app.crt',
      '      keyFile: /etc/traefik/certificates/app.key',
      '```',
    ],
  },
  caddy: {
    file: `${OWN}/app.caddy`,
    lines: ['```caddy', 'tls /etc/caddy/certificates/app.crt /etc/caddy/certificates/app.key', '```'],
  },
};

export default defineFacts(
  module,
  (options) => [
    ignored({ pattern: `${OWN}/` }),
    ...options.with('server', (server) => [
      ...(server === 'traefik' ? [ignored({ pattern: OWN_CERTIFICATE.traefik.file })] : []),
      ...options.with('domain', (domain) => [
        section({
          title: 'The way in, in containers',
          lines: [
            `\`compose.ingress.yaml\` puts ${server === 'traefik' ? 'Traefik' : 'Caddy'} before the app, on the ports 80 and 443. It gets a certificate for \`${domain}\` by itself once that`,
            'name leads to this machine, sends plain HTTP over to HTTPS, and refuses requests to any other name.',
            '',
            '```sh',
            UP,
            '```',
            '',
            'It alone is in `TRUSTED_PROXIES`, and it writes `X-Forwarded-*` afresh: the app sees the address of whoever really',
            'asked. `/health` and `/metrics` answer inside only. The body limit stands beside `MAX_BODY_BYTES`: change both.',
            ...(server === 'traefik'
              ? ['An address may ask 50 times a second, 200 times in a burst; beyond that the answer is 429.']
              : ['How often an address may ask is limited by the app alone, where it limits anything.']),
            '',
            `A certificate of your own goes to \`${OWN}/\` as \`app.crt\` (the whole chain) and \`app.key\`, readable for`,
            `user 65532, with this in \`${OWN_CERTIFICATE[server].file}\`:`,
            '',
            ...OWN_CERTIFICATE[server].lines,
          ],
        }),
      ]),
    ]),
  ],
  {
    files: {
      'deploy/ingress/traefik.yaml': { option: 'server', is: ['traefik'] },
      'deploy/ingress/dynamic/app.yaml': { option: 'server', is: ['traefik'] },
      'deploy/ingress/Caddyfile': { option: 'server', is: ['caddy'] },
    },
  },
);
