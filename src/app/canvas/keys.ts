/** The keys of the graph: Delete takes away, Enter ends an edge that was begun elsewhere, Escape stops one. */
import type { KeyboardEvent } from 'react';
import type { ModuleId } from '#core/module.ts';
import { connect, disconnect, stopConnecting } from '../actions/edges.ts';
import { removeAll } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { edgesOf } from '../store/derive.ts';
import { getState } from '../store/store.ts';
import { canvas, nodeOf } from './canvas.ts';

/** What Delete is about: all that is selected, if the node is among it or they stand in one frame; else the node. */
function meant(target: HTMLElement): readonly ModuleId[] {
  const { picked } = getState().ui;
  const id = nodeOf(target);
  if (id === undefined) return target.closest('.react-flow__nodesselection') ? picked : [];
  return picked.includes(id) ? picked : [id];
}

export function pressed(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const { selection, ui } = getState();
  const isDelete = event.key === 'Delete' || event.key === 'Backspace';
  if (ui.connecting && !isDelete) {
    const id = nodeOf(target);
    const { from } = ui.connecting;
    if (event.key === 'Escape') stopped();
    else if ((event.key !== 'Enter' && event.key !== ' ') || id === undefined || id === from) return;
    else perform(connect, from, id);
    // Neither React Flow nor a button below takes it as well.
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (!isDelete) return;
  const line = target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
  const edge = edgesOf(selection).find((candidate) => candidate.id === line);
  const ids = meant(target);
  if (ids.length === 0 && !edge) return;
  event.preventDefault();
  perform(stopConnecting, true);
  if (edge) {
    perform(disconnect, edge.id);
    // The edge takes the focus with it.
    if (getState().selection !== selection) canvas.focusNode(edge.from);
  } else perform(removeAll, ids);
}

/** Escape stops an edge that is being drawn, wherever one is by then. */
export function stopped(): boolean {
  const from = getState().ui.connecting?.from;
  if (from === undefined) return false;
  perform(stopConnecting);
  canvas.focusNode(from);
  return true;
}
