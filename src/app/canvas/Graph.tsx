/** The dependency graph: nodes and edges are computed, and everything done here is an action. */
import '@xyflow/react/dist/base.css';
import './canvas.css';
import { lazy, Suspense } from 'react';
import { Problems } from '../messages/Problems.tsx';
import { Toast } from '../messages/Toast.tsx';
import { useComposer } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { NodeMenu } from './NodeMenu.tsx';

/** Asked for as the page begins, but not waited for: palette, list and files stand while the graph's library arrives. */
const drawn = import('./Drawn.tsx');
const Drawn = lazy(() => drawn);

export function Graph() {
  const isArranged = useComposer((state) => state.ui.arranged);
  return (
    <section id="graph" className="graph" aria-label="Graph" tabIndex={-1}>
      <Problems />
      <div className={`canvas ${isArranged ? '' : 'unarranged'}`} data-canvas="">
        <Boundary>
          <Suspense>
            <Drawn />
          </Suspense>
        </Boundary>
      </div>
      <Toast />
      <NodeMenu />
    </section>
  );
}
