/** A mail server that keeps what it is given, and can be told to refuse the next mails. */
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { noteSecret } from './secrets.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** By name in lower case, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  /** The whole header as it came. */
  readonly head: string;
  readonly text: string;
  /** The token of the link in it. */
  readonly token: string;
  /** The link in it. */
  readonly link: string;
  /** Whether it came over TLS, and as whom. */
  readonly secure: boolean;
  readonly user: string;
}

interface Identity {
  readonly key: string;
  readonly cert: string;
}

export class MailServer {
  /** All mails that were taken, the oldest first. */
  readonly taken: Mail[] = [];
  /** Mails that were heard out and then refused. */
  readonly refused: Mail[] = [];
  /** How many of the next mails are refused after they were heard. */
  refuseNext = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(identity?: Identity) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
      socket.write('220 sink ready\r\n');
      this.#talk(socket, identity);
    });
  }

  /** @param identity makes it offer STARTTLS, and ask for a name and password behind it */
  static async start(identity?: Identity): Promise<MailServer> {
    const sink = new MailServer(identity);
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  /** The settings that lead a project's app here. */
  get environment(): Record<string, string> {
    const address = this.#server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { MAIL_BACKEND: 'smtp', SMTP_HOST: '127.0.0.1', SMTP_PORT: String(port), SMTP_TLS: 'none' };
  }

  to(recipient: string): Mail[] {
    return this.taken.filter((mail) => mail.to.includes(recipient));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #talk(socket: Socket, identity?: Identity, secure = false): void {
    let [from, user, pending, data] = ['', '', '', false];
    let to: string[] = [];
    const answer = (line: string): void => {
      if (socket.writable) socket.write(`${line}\r\n`);
    };
    const command = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') {
        const offer = identity ? (secure ? 'AUTH PLAIN' : 'STARTTLS') : '8BITMIME';
        answer(`250-sink\r\n250-SMTPUTF8\r\n250 ${offer}`);
      } else if (verb === 'STAR') {
        answer('220 go ahead');
        socket.removeAllListeners('data');
        const context = createSecureContext(identity);
        this.#talk(new TLSSocket(socket, { isServer: true, secureContext: context }), identity, true);
      } else if (verb === 'AUTH') {
        user = Buffer.from(line.slice('AUTH PLAIN '.length), 'base64').toString().replaceAll('\0', ' ').trim();
        answer('235 welcome');
      } else if (identity && !user) answer('530 not signed in');
      else if (verb === 'MAIL') {
        [from, to] = [/<(.*)>/.exec(line)?.[1] ?? '', []];
        answer('250 ok');
      } else if (verb === 'RCPT') {
        to.push(/<(.*)>/.exec(line)?.[1] ?? '');
        answer('250 ok');
      } else if (verb === 'DATA') {
        data = true;
        answer('354 go on');
      } else if (verb === 'QUIT') {
        answer('221 bye');
        socket.end();
      } else answer('250 ok');
    };
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      pending += chunk;
      while (true) {
        const end = data ? '\r\n.\r\n' : '\r\n';
        const at = pending.indexOf(end);
        if (at < 0) return;
        const said = pending.slice(0, at);
        pending = pending.slice(at + end.length);
        if (!data) {
          command(said);
          continue;
        }
        data = false;
        const refuse = this.refuseNext > 0;
        if (refuse) this.refuseNext -= 1;
        const mail = { from, to, ...read(said), secure, user };
        noteSecret('token of a link', mail.token);
        (refuse ? this.refused : this.taken).push(mail);
        answer(refuse ? '451 try again later' : '250 taken');
      }
    });
  }
}

function read(raw: string): Pick<Mail, 'headers' | 'head' | 'text' | 'token' | 'link'> {
  const [head = '', ...rest] = raw.replace(/^\.\./gm, '.').split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^.*?: ?/, '')]),
  );
  const text = decoded(rest.join('\r\n\r\n'), headers.get('content-transfer-encoding') ?? '7bit');
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
  return { headers, head, text, link, token: /[?&]token=([^\s&]+)/.exec(link)?.[1] ?? '' };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
