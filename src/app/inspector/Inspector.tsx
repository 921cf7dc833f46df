/** What the selected module or edge is, why it is here, and what can be changed; without one, the project. */
import './inspector.css';
import { catalog } from '../../catalog.ts';
import { edgesOf } from '../store/derive.ts';
import { useComposer, useSelection } from '../store/store.ts';
import { EdgeView } from './EdgeView.tsx';
import { ModuleView } from './ModuleView.tsx';
import { ProjectView } from './ProjectView.tsx';

export function Inspector() {
  const picked = useComposer((state) => (state.ui.picked.length === 1 ? state.ui.picked[0] : undefined));
  const module = picked === undefined ? undefined : catalog.modules.get(picked);
  const pickedEdge = useComposer((state) => state.ui.pickedEdge);
  const edge = edgesOf(useSelection()).find(({ id }) => id === pickedEdge);
  return (
    <section id="inspector" className="pane inspector scroll" aria-label="Inspector" tabIndex={-1}>
      {edge ? (
        <EdgeView key={edge.id} drawn={edge} />
      ) : module ? (
        <ModuleView key={module.id} module={module} />
      ) : (
        <ProjectView />
      )}
    </section>
  );
}
