import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'ingress',
  kind: 'component',
  category: 'delivery',
  title: 'Ingress',
  summary: 'TLS, redirects and limits ahead of the app.',
  status: 'available',
  options: {
    server: {
      kind: 'choice',
      title: 'Server',
      summary: 'What stands between the world and the app.',
      values: [
        { id: 'traefik', title: 'Traefik', summary: 'Limits how fast each address may ask.' },
        { id: 'caddy', title: 'Caddy', summary: 'Has no such limit; those of the app itself stay.' },
      ],
      default: 'traefik',
    },
    domain: {
      kind: 'text',
      title: 'Domain',
      summary: 'Where browsers find the app; it has to lead to the machine that the server runs on.',
      maxLength: 253,
      form: {
        pattern: '(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?',
        is: 'a host name in lower case, such as app.example.com',
      },
      default: 'app.example.com',
    },
    email: {
      kind: 'text',
      title: 'Email',
      summary: 'Where the authority that issues the certificate may write to; it can be left out.',
      maxLength: 254,
      form: {
        pattern:
          '(?:[A-Za-z0-9_+-]+(?:\\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63})?',
        is: 'an address such as ops@example.com, or nothing',
      },
      default: '',
    },
  },
  requires: [{ need: 'docker', because: 'it runs in a container beside the app’s' }],
});
