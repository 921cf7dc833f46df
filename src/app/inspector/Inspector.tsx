/** What the selected module or edge is, why it is here, and what can be changed; without one, the project. */
import './inspector.css';
import { useDeferredValue } from 'react';
import { catalog } from '../../catalog.ts';
import { edgesOf } from '../store/derive.ts';
import { useComposer, useSelection } from '../store/store.ts';
import { EdgeView } from './EdgeView.tsx';
import { ModuleView } from './ModuleView.tsx';
import { ProjectView } from './ProjectView.tsx';

export function Inspector() {
  const selection = useSelection();
  // What was clicked shows first, and what goes is gone; what there is to say of it comes, or goes, a frame later.
  const shown = useDeferredValue(
    useComposer((state) => (state.ui.picked.length === 1 ? state.ui.picked[0] : undefined)),
  );
  const module = shown === undefined ? undefined : catalog.modules.get(shown);
  const pickedEdge = useComposer((state) => state.ui.pickedEdge);
  const edge = edgesOf(selection).find(({ id }) => id === pickedEdge);
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
