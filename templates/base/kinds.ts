/** The kinds of facts that the skeleton lists: settings, commands, imports, containers, and texts about the project. */
import { defineFact, type Fact, type FactKind } from '#core/facts.ts';

export type Import = {
  readonly module: string;
  readonly names: readonly string[];
  /** More than one name: the line is broken up, as the formatter would. */
  readonly several: boolean;
};

/** The order in which the linter wants imported names: constants, classes, the rest. */
function importOrder(name: string): string {
  const group = /^[A-Z0-9_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return `${group}${name.toLowerCase()}`;
}

/** A kind for the imports of one rendered Python file: one statement a module, sorted as the linter wants it. */
export function defineImports(kind: string): FactKind<Import> {
  return defineFact<Import>(kind, {
    key: (value) => value.module,
    sort: (value) => value.module,
    merge: (a, b) => {
      const names = [...new Set([...a.names, ...b.names])].sort((x, y) => (importOrder(x) < importOrder(y) ? -1 : 1));
      return { module: a.module, names, several: names.length > 1 };
    },
  });
}

/** An object of some Python module; its name is unique among all that one file lists. */
export type PythonObject = { readonly module: string; readonly name: string };

/** A kind of Python objects listed in a file, with the import that the listing needs. */
export function defineListed<T extends PythonObject>(
  kind: FactKind<T>,
  imports: FactKind<Import>,
): (value: T) => Fact[] {
  return (value) => [kind(value), imports({ module: value.module, names: [value.name], several: false })];
}

/** What the person says the project is for: as typed, and on one line for formats that have no more. */
export type Purpose = { readonly text: string; readonly line: string };
export const purpose = defineFact<Purpose>('purpose', { key: () => 'said' });

export type Setting = {
  /** The variable, which is also the field of a settings class in lower case. */
  readonly name: string;
  /** What it is in development, as text. */
  readonly value: string;
  readonly comment: string;
  /** What it is a setting of. */
  readonly group: string;
  /** Filled with as many fresh random bytes on the machine that renders; `value` is then ignored. */
  readonly secret?: string;
  /** What the project's image fixes it to. */
  readonly image?: string;
  /** What it is in production until somebody says otherwise, where that is not `value`. */
  readonly deployed?: string;
  /** Production cannot start until somebody says it. */
  readonly needed?: boolean;
  /** Nobody's business: production reads it from a file. Settings that are made by `secret` are. */
  readonly hidden?: boolean;
};
/** A variable of `.env`; every field of a settings class has one. */
export const setting = defineFact<Setting>('setting', {
  title: 'Settings',
  key: (value) => value.name,
  defaults: { secret: '', image: '', deployed: '', needed: false, hidden: false },
});

/** A settings class, for the index that is checked on start. */
export const settingsClass = defineFact<PythonObject>('settingsClass', { key: (value) => value.name });
/** The imports of the settings index. */
export const settingsImport = defineImports('settingsImport');
/** A settings class, and its import. */
export const settings = defineListed(settingsClass, settingsImport);

/** A group of commands, `app <cli> …`. */
export type Command = PythonObject & { readonly cli: string };
export const commandGroup = defineFact<Command>('commandGroup', { title: 'Command groups', key: (value) => value.cli });
/** A command, `app <name>`, that is also a target of the Makefile. */
export type Target = {
  readonly name: string;
  readonly target: string;
  readonly module: string;
  readonly comment: string;
};
export const commandTarget = defineFact<Target>('commandTarget', {
  title: 'Make targets',
  key: (value) => value.target,
});
/** The imports of the command line. */
export const commandImport = defineImports('commandImport');
/** A group of commands, and its import. */
export const command = defineListed(commandGroup, commandImport);
/** A command that is also a target of the Makefile, and its import. */
export const target = defineListed(commandTarget, commandImport);

/** The imports of the log's setup. */
export const logImport = defineImports('logImport');
export const logProcessorPart = defineFact<PythonObject>('logProcessor', { key: (value) => value.name });
/** A processor of structlog's chain: it sees each event before the event is rendered. */
export const logProcessor = defineListed(logProcessorPart, logImport);

/** The imports of what runs around processes without a port. */
export const aroundImport = defineImports('aroundImport');
export const aroundPart = defineFact<PythonObject>('around', { key: (value) => value.name });
/** An async context manager that is given a process's name, and lasts as long as the process; the app has its lifespan. */
export const around = defineListed(aroundPart, aroundImport);

/** A server for development, in compose.yaml. Lists hold texts as compose reads them. */
export type Container = {
  readonly name: string;
  readonly image: string;
  /** Ports on this machine, `5432:5432`; they are bound to the loopback address. */
  readonly ports: readonly string[];
  readonly environment: readonly string[];
  /** What it runs, where that is not what the image says; a `$` of its own is doubled. */
  readonly command?: readonly string[];
  /** `name:path`; the names are declared with the container. */
  readonly volumes: readonly string[];
  readonly volumeNames: readonly string[];
  /** A shell command that succeeds once the server answers. */
  readonly health: string;
};
export const containerService = defineFact<Container>('container', {
  title: 'Containers',
  key: (value) => value.name,
  defaults: { command: [] },
});
/** A container, and the commands that start and stop all of them. */
export function container(value: Container): Fact[] {
  const file = 'app.cli.containers';
  return [
    containerService(value),
    ...target({ module: file, name: 'up', target: 'up', comment: 'start the containers of compose.yaml' }),
    ...target({ module: file, name: 'down', target: 'down', comment: 'stop them; what they stored stays' }),
  ];
}

/** A section of the README, in the order of modules. */
export type Section = { readonly title: string; readonly lines: readonly string[] };
export const section = defineFact<Section>('section', { key: (value) => value.title });

/** A section of the README that comes before the first start. */
export const preparation = defineFact<Section>('preparation', { key: (value) => value.title });

/** A route, for the README's table. */
export type Endpoint = { readonly method: string; readonly path: string; readonly summary: string };
export const endpoint = defineFact<Endpoint>('endpoint', {
  title: 'Endpoints',
  key: (value) => `${value.method} ${value.path}`,
});

/** A package of `app.services`. */
export const service = defineFact<{ name: string }>('service', { key: (value) => value.name });

/** A pytest plugin with the fixtures of one part. */
export const fixture = defineFact<{ module: string }>('fixture', {
  key: (value) => value.module,
  sort: (value) => value.module,
});

/** How code may be interleaved, so that coverage follows it; see coverage.py's `concurrency`. */
export const concurrency = defineFact<{ name: string }>('concurrency', {
  key: (value) => value.name,
  sort: (value) => value.name,
});

/** A top-level Python module without type information. */
export const untyped = defineFact<{ module: string }>('untyped', {
  key: (value) => value.module,
  sort: (value) => value.module,
});

/** A package whose functions have no types, and are called all the same. */
export const untypedCalls = defineFact<{ package: string }>('untypedCalls', {
  key: (value) => value.package,
  sort: (value) => value.package,
});

/** A process without a port: what it has in common with others is one file, and that file says that it lives. */
export const portless = defineFact<{ name: string }>('portless', { key: (value) => value.name });
/** Succeeds while that process lives: its event loop touches the file, see `app/core/process.py`. */
export function beats(name: string): readonly string[] {
  return ['sh', '-c', `find /tmp/${name}.alive -mmin -1 | grep -q .`];
}

/** A pattern for .gitignore. */
export const ignored = defineFact<{ pattern: string }>('ignored', { key: (value) => value.pattern });
