/** The kinds of facts that the app is put together from. */
import { defineFact } from '#core/facts.ts';
import { defineImports, defineListed, type PythonObject } from '../base/kinds.ts';

const byName = { key: (value: PythonObject) => value.name };

/** The imports of the list of parts. */
export const partImport = defineImports('partImport');

export const routerPart = defineFact<PythonObject>('router', byName);
/** An `APIRouter`, included as it is. */
export const router = defineListed(routerPart, partImport);

export const lifespanPart = defineFact<PythonObject>('lifespan', byName);
/** An async context manager of the app: entered on start in the order of modules, left in reverse. */
export const lifespan = defineListed(lifespanPart, partImport);

export const outermostPart = defineFact<PythonObject>('outermost', byName);
/** An ASGI middleware class, outside the backend's own but for the one that knows the client: it sees what they refuse. */
export const outermost = defineListed(outermostPart, partImport);

export const middlewarePart = defineFact<PythonObject>('middleware', byName);
/** An ASGI middleware class, inside the backend's own. */
export const middleware = defineListed(middlewarePart, partImport);

export const healthPart = defineFact<PythonObject & { part: string }>('health', { key: (value) => value.part });
/** An async check of a part the app depends on; it raises while the part is down. */
export const health = defineListed(healthPart, partImport);

export const preparePart = defineFact<PythonObject>('prepare', byName);
/** What `serve` does before the server starts; it raises a ConfigError to stop it. */
export const prepare = defineListed(preparePart, partImport);

export const mountPart = defineFact<PythonObject>('mount', { key: () => 'page' });
/** The ASGI app that answers whatever no route takes; there can be one. */
export const mount = defineListed(mountPart, partImport);

/** A path prefix that is the API's alone: unknown paths below it are 404. */
export const reserved = defineFact<{ prefix: string }>('reserved', { key: (value) => value.prefix });

/** A page that shows how all parts are: where there is one, each part has a card for it, and its file. */
export const overview = defineFact<{ path: string }>('overview', { key: (value) => value.path });
