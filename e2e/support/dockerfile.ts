/** A Dockerfile as far as those of projects go, and what its neighbour keeps out; anything else is refused. */

export interface Stage {
  readonly image: string;
  readonly name: string;
  readonly env: Record<string, string>;
  workdir: string;
  user: string;
  readonly ports: string[];
  /** COPY and RUN, in their order. */
  readonly steps: { readonly word: 'COPY' | 'RUN'; readonly rest: string }[];
  health: readonly string[];
  command: readonly string[];
}

/** What the official images of Python say themselves. */
const OF_THE_BASE = {
  PATH: '/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
};

export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  const instructions = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const line of instructions) {
    const [, word = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [image = '', , name = ''] = rest.split(' ');
      const base = stages.find((stage) => stage.name === image);
      if (base) throw new Error(`a stage upon a stage: ${line}`);
      stages.push({
        image,
        name,
        env: { ...OF_THE_BASE },
        workdir: '/',
        user: '0',
        ports: [],
        steps: [],
        health: [],
        command: [],
      });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`before any FROM: ${line}`);
    take(stage, word, rest);
  }
  return stages;
}

function take(stage: Stage, word: string, rest: string): void {
  if (word === 'ENV')
    for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S*)/g))
      stage.env[name] = value.replace(/\$(\w+)/g, (_, other: string) => stage.env[other] ?? '');
  else if (word === 'WORKDIR') stage.workdir = rest;
  else if (word === 'USER') stage.user = rest;
  else if (word === 'EXPOSE') stage.ports.push(rest);
  else if (word === 'COPY' || word === 'RUN') stage.steps.push({ word, rest });
  else if (word === 'HEALTHCHECK') stage.health = JSON.parse(rest.replace(/^.*? CMD /, '')) as string[];
  else if (word === 'CMD') stage.command = JSON.parse(rest) as string[];
  else throw new Error(`no such instruction: ${word} ${rest}`);
}

/** Whether a path of the context is kept out by a `.dockerignore`, as Docker reads it. */
export function isKeptOut(ignore: string, path: string): boolean {
  const parts = path.split('/');
  const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return ignore
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .some((pattern) => {
      if (pattern.startsWith('!')) throw new Error(`an exception: ${pattern}`);
      const source = pattern
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replace(/\*\*\/|\*|\?/g, (found) => ({ '**/': '(?:.*/)?', '*': '[^/]*', '?': '[^/]' })[found] ?? '');
      // A folder that is kept out keeps out all that is in it.
      return above.some((one) => new RegExp(`^${source}$`).test(one));
    });
}
