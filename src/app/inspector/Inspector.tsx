/** What the selected module or edge is, why it is here, and what can be changed; without one, the project. */
import './inspector.css';
import { useDeferredValue } from 'react';
import { catalog } from '../../catalog.ts';
import { edgesOf, resolutionOf } from '../store/derive.ts';
import { useComposer, useSelection } from '../store/store.ts';
import { EdgeView } from './EdgeView.tsx';
import { ModuleView } from './ModuleView.tsx';
import { ProjectView } from './ProjectView.tsx';

export function Inspector() {
  const selection = useSelection();
  const picked = useComposer((state) => (state.ui.picked.length === 1 ? state.ui.picked[0] : undefined));
  // What was clicked shows first; what there is to say of it may come a frame later, and what is gone goes at once.
  const before = useDeferredValue(picked);
  const isGone = before !== undefined && !resolutionOf(selection).modules.some(({ module }) => module.id === before);
  const shown = isGone ? picked : before;
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
