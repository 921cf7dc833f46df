/** What the selected module is, why it is here, and what can be changed; without one, the project. */
import './inspector.css';
import { catalog } from '../../catalog.ts';
import { useComposer } from '../store/store.ts';
import { ModuleView } from './ModuleView.tsx';
import { ProjectView } from './ProjectView.tsx';

export function Inspector() {
  const picked = useComposer((state) => (state.ui.picked.length === 1 ? state.ui.picked[0] : undefined));
  const module = picked === undefined ? undefined : catalog.modules.get(picked);
  return (
    <section id="inspector" className="pane inspector scroll" aria-label="Inspector" tabIndex={-1}>
      {module ? <ModuleView key={module.id} module={module} /> : <ProjectView />}
    </section>
  );
}
