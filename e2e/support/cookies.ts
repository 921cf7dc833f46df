/** Cookies as a browser keeps them, as far as tests of one origin need it. */

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** The whole header value. */
  readonly text: string;
  /** Attribute names in lower case; those without a value are empty texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Reads one `Set-Cookie` value. */
  static parse(text: string): Cookie {
    const [pair = '', ...rest] = text.split(';').map((part) => part.trim());
    const [name, value] = halves(pair);
    const attributes = Object.fromEntries(rest.map((part) => halves(part)).map(([key, of]) => [key.toLowerCase(), of]));
    return { name, value, text, attributes };
  }

  take(cookies: readonly Cookie[]): void {
    for (const cookie of cookies) {
      const expired =
        cookie.attributes['max-age'] === '0' || Date.parse(cookie.attributes.expires ?? '9999-01-01') < Date.now();
      const key = `${cookie.name};${cookie.attributes.path ?? '/'}`;
      if (expired) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }

  /** What is kept under a name, on whatever path. */
  get(name: string): string | undefined {
    return [...this.#cookies.values()].find((cookie) => cookie.name === name)?.value;
  }

  set(name: string, value: string, path = '/'): void {
    this.take([CookieJar.parse(`${name}=${value}; Path=${path}`)]);
  }

  delete(name: string): void {
    for (const [key, cookie] of this.#cookies) if (cookie.name === name) this.#cookies.delete(key);
  }

  get names(): string[] {
    return [...this.#cookies.values()].map((cookie) => cookie.name).sort();
  }

  /** The `Cookie` header for a path, the most specific first, as browsers send it. */
  headerFor(target: string): string {
    const path = target.split('?')[0] ?? '/';
    return [...this.#cookies.values()]
      .filter((cookie) => covers(cookie.attributes.path ?? '/', path))
      .sort((a, b) => (b.attributes.path ?? '/').length - (a.attributes.path ?? '/').length)
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ');
  }
}

function halves(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function covers(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
