/** What happens on the graph, as actions. The functions stay the same: React Flow passes each new one on to all it draws. */
import type { EdgeChange, NodeChange, ReactFlowProps } from '@xyflow/react';
import { useMemo } from 'react';
import { aim, connect, pickEdge, stopConnecting } from '../actions/edges.ts';
import { pointAt } from '../actions/files.ts';
import { move } from '../actions/layout.ts';
import { heat, openMenu, pick } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { getState } from '../store/store.ts';
import { canvas } from './canvas.ts';
import { type Feed, nowhere } from './feed.ts';
import type { ModuleNode, ReasonEdge } from './nodes.ts';

export function useEvents(feed: Feed): Partial<ReactFlowProps<ModuleNode, ReasonEdge>> {
  return useMemo(() => {
    let isBoxing = false;
    return {
      onNodesChange: (changes) => changeNodes(changes, feed),
      // A box is drawn around nodes: of the edges between them none is meant.
      onEdgesChange: (changes) => isBoxing || changeEdges(changes),
      onSelectionStart: () => {
        isBoxing = true;
      },
      onSelectionEnd: () => {
        isBoxing = false;
      },
      onNodeClick: ({ currentTarget }, { id }) => {
        // With Shift held, which also draws boxes, the click takes no focus; keys are for what shows as selected.
        if (!currentTarget.contains(document.activeElement) && getState().ui.picked.includes(id)) canvas.focusNode(id);
        const from = getState().ui.connecting?.from;
        if (from !== undefined && from !== id) perform(connect, from, id);
      },
      onNodeContextMenu: (event, { id }) => {
        event.preventDefault();
        // A finger's own hold has opened it already; the menu key stands nowhere.
        const box = event.currentTarget.getBoundingClientRect();
        const isKey = event.clientX === 0 && event.clientY === 0;
        const at = isKey ? { x: box.left + 12, y: box.bottom } : { x: event.clientX, y: event.clientY };
        if (getState().ui.menu?.module !== id) perform(openMenu, { module: id, at });
      },
      onPaneClick: () => perform(stopConnecting),
      onNodeMouseEnter: (_, { id }) => {
        feed.pass({ hovered: id });
        perform(aim, id);
        perform(pointAt, id);
      },
      onNodeMouseLeave: () => {
        feed.pass({ hovered: undefined });
        perform(aim, undefined);
        perform(pointAt, undefined);
      },
      onEdgeMouseEnter: (_, { id }) => perform(heat, id),
      onEdgeMouseLeave: () => perform(heat, undefined),
      onEdgeClick: (_, { id }) => perform(heat, id),
      onMove: (event) => {
        // Without an event it is the page that moves it.
        if (event) canvas.isHeld = true;
      },
    };
  }, [feed]);
}

function changeNodes(changes: NodeChange<ModuleNode>[], feed: Feed): void {
  const { moving } = feed.passing();
  const { picked } = getState().ui;
  const moved: Record<string, { x: number; y: number }> = {};
  let isDragging = false;
  let selected: readonly string[] = picked;
  for (const item of changes) {
    if (item.type === 'position' && item.position) {
      moved[item.id] = item.position;
      isDragging ||= item.dragging === true;
    }
    if (item.type === 'select')
      selected = item.selected ? [...selected, item.id] : selected.filter((id) => id !== item.id);
  }
  if (selected !== picked) perform(pick, [...new Set(selected)]);
  if (Object.keys(moved).length === 0) return;
  if (isDragging) {
    feed.pass({ moving: { ...moving, ...moved } });
    return;
  }
  feed.pass({ moving: nowhere });
  if (moving === nowhere) perform(move, moved);
  else perform(move, { ...moving, ...moved }, Date.now());
}

function changeEdges(changes: EdgeChange<ReasonEdge>[]): void {
  for (const item of changes) {
    if (item.type !== 'select') continue;
    if (item.selected) perform(pickEdge, item.id);
    else if (item.id === getState().ui.pickedEdge) perform(pickEdge, undefined);
  }
}
