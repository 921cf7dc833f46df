import { defineFacts, dependency } from '#core/facts.ts';
import { lifespan, mount } from '../backend/kinds.ts';
import { endpoint, untyped } from '../base/kinds.ts';
import { pageImport, view } from './kinds.ts';
import module from './module.ts';

export default defineFacts(module, () => [
  dependency({ name: 'flet' }),
  dependency({ name: 'flet-web' }),
  untyped({ module: 'flet_web.*' }),

  ...mount({ module: 'app.components.frontend.mount', name: 'page_app' }),
  ...lifespan({ module: 'app.components.frontend.mount', name: 'frontend_lifespan' }),
  pageImport({ module: 'app.components.frontend.ui', names: ['Draw'], several: false }),
  ...view({ route: '/', title: 'Home', module: 'app.components.frontend.views.home', name: 'home' }),
  endpoint({ method: 'GET', path: '/', summary: 'the pages' }),
]);
