/** The kinds of facts that the pages are put together from. */
import { defineFact } from '#core/facts.ts';
import { defineImports, defineListed, type PythonObject } from '../base/kinds.ts';

const byName = { key: (value: PythonObject) => value.name };

/** The imports of the list of page parts. */
export const pageImport = defineImports('pageImport');

export const viewPart = defineFact<PythonObject & { route: string; title: string }>('view', {
  title: 'Pages',
  key: (value) => value.route,
});
/** A page: an async function that draws it for a `ft.Page`; its title stands on the browser's tab. */
export const view = defineListed(viewPart, pageImport);

export const cornerPart = defineFact<PythonObject & { last?: boolean }>('corner', {
  ...byName,
  defaults: { last: false },
});
/** A piece of the bar that stands on every page: an async function that draws it; the last ones stand at its end. */
export const corner = defineListed(cornerPart, pageImport);

export const gatePart = defineFact<PythonObject>('gate', byName);
/** An ASGI middleware class round the pages alone; it may answer, or say whose connection it is. */
export const gate = defineListed(gatePart, pageImport);

/** A script that every page loads; its file lies in the assets folder, never inline. */
export const script = defineFact<{ path: string }>('script', { key: (value) => value.path });
