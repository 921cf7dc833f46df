/** What `stackwright --help` says. Examples are made from the catalog, so that they always work. */

import { program } from './cli.ts';

/** Words of one catalog to show things by. */
export interface Examples {
  readonly service: string;
  readonly component: string;
  /** A value the service takes in brackets. */
  readonly value: string;
  readonly setting: string;
}

export const overview = (
  version: string,
  { service }: Examples,
): string => `stackwright ${version}: choose services and components, get a project that runs.

  stackwright init NAME     make a project; asks on a terminal if nothing else is said
  stackwright services      what an app can do, and the central services projects share
  stackwright components    how an app works
  stackwright platform      the central services alone
  stackwright presets       choices worth starting from
  stackwright share         the share code of a choice or of a project
  stackwright verify DIR    whether a project's files are still those that were made
  stackwright diff A B      what differs between two projects, file by file or as a patch
  stackwright help json     what --json prints

  --help behind any command says more; --version prints the version.
${program() === 'stackwright' ? '' : `  From this checkout, ${program()} stands for stackwright.\n`}
Example:
  stackwright init my-app --services ${service}`;

const selectionHelp = ({
  service,
  value,
  setting,
}: Examples): string => `  --preset ID         begin with a preset (stackwright presets); what is said beside it wins
  --services LIST     services, with commas between: ${service}
  --components LIST   components
  --platform LIST     central services
                      Options stand behind a module: '${service}[${value}]' or ${service}.${value}
                      (brackets need quotes in most shells, the dot form does not).
  --set M.O=VALUE     one option of a module, said as often as needed: --set ${setting}`;

export const HELP: Readonly<Record<string, (examples: Examples) => string>> = {
  init: (examples) => `stackwright init NAME [options]
stackwright init v1/...             from a share code, or the link that holds it

${selectionHelp(examples)}
  --output DIR        the project's folder itself; ./NAME unless given
  --zip FILE          write only the zip
  --force             in a folder that is not empty: replace the project's files, keep all others. Files of an
                      earlier project go if nobody changed them, and are named.
                      A .env that is there is kept. Nothing is written through symbolic links.
                      With --zip: replace the file.
  --interactive       ask, even where modules are given; needs a terminal
  --no-interactive    never ask
  --json              print one JSON object: stackwright help json

What the chosen modules need is added, with the reason. With --components and --no-interactive together
nothing is added: what is missing is named, and nothing is written.

Exit: 0 done, 1 refused, 2 the command line cannot be read. A refused init leaves nothing behind.

Examples:
  stackwright init my-app --services ${examples.service}
  stackwright init my-app --services ${examples.service} --components ${examples.component} --no-interactive
  stackwright init my-app --services ${examples.service} --set ${examples.setting} --zip my-app.zip
  stackwright init v1/my-app/${examples.service}`,
  services: () => listHelp('services', 'services by category, and the platform services'),
  components: () => listHelp('components', 'components by category'),
  platform: () => listHelp('platform', 'platform services by category'),
  share: (examples) => `stackwright share NAME [options]     the code of these modules
stackwright share DIR                the code a project was made from
stackwright share v1/...             another code in its canonical form

${selectionHelp(examples)}
  --exact             add the catalog's version and the project hash, so that whoever opens the code
                      elsewhere is told whether the files are identical
  --json              print one JSON object: stackwright help json`,
  presets: () => `stackwright presets [--json]

Lists the presets: id, title, what each is for, and its share code. stackwright init NAME --preset ID
makes one.`,
  diff: ({ service }) => `stackwright diff A [B] [options]

What differs from A to B, each of them a share code or the link that holds it, the folder of a project that
stackwright made, or a preset. Of a folder it is the choice that counts, as its stackwright.json holds it and
as this stackwright makes it, not what was edited since: that is what verify and git are for.
Without B it is the project in the folder one stands in, as with git; where there is none, A is compared with
the project with nothing chosen.

  --patch             print a patch that git apply takes, in place of names and numbers. Files that hold
                      secrets, .env that is, are left out of it, and named.
  --exit-code         exit 1 if anything differs, as with git
  --json              print one JSON object: stackwright help json

Exit: 0 done, whether or not anything differs, 1 refused, 2 the command line cannot be read.

Examples:
  stackwright diff v1/my-app/ v1/my-app/${service}
  stackwright diff . v1/my-app/${service} --patch | git apply`,
  verify: () => `stackwright verify DIR [--json]

Recomputes the project hash of a project that stackwright made and names each file that was changed or is
missing. Files added since, and .env, do not count. Exit: 0 as it was made, 1 if anything differs.`,
  json: () => `With --json a command prints one JSON object on standard output; all else goes to standard error.

  stackwright   1, the format of this object. New fields may come; a field only changes its meaning with
                the number.
  command       as typed: init, services, ...
  ok, exit      whether it was done; the exit code 0, 1 or 2
  problems      where it was not: [{ code, message, modules?, repairs?: [{ message, command }] }]

  init          project, code (the share code), hash, catalog, output or zip (absolute paths),
                modules: [{ id, title, kind, standing, reasons, options }], standing being chosen, added or
                always; kept: [{ path, lacking }], files left as they were and settings not in
                them; removed, left: [path], files of an earlier project that went, or
                that were changed and stayed; notes: sentences.
                A share code with unknown parts: code, without them.
  services, components, platform
                catalog, categories: [{ id, kind, title, modules: [{ id, title, summary, kind, status, always,
                requires: [{ need, because, when? }], options: [...] }] }]
  presets       catalog, presets: [{ id, title, summary, code }]
  diff          from, to: { code, hash }; catalog, same, added, changed, removed: [path],
                lines: { added, removed }; with --patch also patch, and unpatched: [path], which hold secrets
  share         code; with --exact and for a folder also catalog and hash
  verify        project, code, catalog, hash (recomputed), recorded, changed: [path], missing: [path]`,
};

function listHelp(command: string, what: string): string {
  return `stackwright ${command} [--json]

Lists ${what}: name, status, what each needs and why, and the options it takes (the default first).
available: can be added; preview: can be added and may change; planned: cannot be added yet; always: in
every project.`;
}
