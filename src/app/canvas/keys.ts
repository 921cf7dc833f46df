/** The keys of the graph: Delete takes away, Escape stops, Enter ends an edge that was begun elsewhere. */
import type { KeyboardEvent } from 'react';
import { connect, disconnect, stopConnecting } from '../actions/edges.ts';
import { remove } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { edgesOf } from '../store/derive.ts';
import { getState } from '../store/store.ts';
import { canvas, nodeOf } from './canvas.ts';

export function pressed(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const { selection, ui } = getState();
  const id = nodeOf(target);
  if (ui.connecting) {
    const { from } = ui.connecting;
    if (event.key === 'Escape') {
      perform(stopConnecting);
      canvas.focusNode(from);
    } else if ((event.key === 'Enter' || event.key === ' ') && id !== undefined && id !== from) {
      perform(connect, from, id);
    } else return;
    // Neither React Flow nor a button below takes it as well.
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (event.key !== 'Delete' && event.key !== 'Backspace') return;
  const line = target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
  const edge = edgesOf(selection).find((candidate) => candidate.id === line);
  if (id === undefined && !edge) return;
  event.preventDefault();
  if (edge) {
    perform(disconnect, edge.id);
    // The edge takes the focus with it.
    if (getState().selection !== selection) canvas.focusNode(edge.from);
  } else if (id !== undefined) perform(remove, id);
}
