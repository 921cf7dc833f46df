/** Where an edge begins: dragged to another node, or pressed here and then there, by mouse, finger or Enter. */
import { useMemo, useRef } from 'react';
import type { Module } from '#core/module.ts';
import { edges as words } from '#words/edges.ts';
import { aim, connect, startConnecting, stopConnecting } from '../actions/edges.ts';
import { perform } from '../store/action.ts';
import { getState, useComposer } from '../store/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { canvas } from './canvas.ts';

const SLACK = 5;

export function ConnectHandle({ module: { id, title } }: { module: Module }) {
  // The catalog alone says where its links can lead.
  const refused = useMemo(() => startConnecting.refuse?.(getState(), id), [id]);
  const isFrom = useComposer((state) => state.ui.connecting?.from === id);
  const begun = useRef<{ x: number; y: number; isDrag: boolean }>(undefined);
  /** The click at the end of a drag is none. */
  const wasDrag = useRef(false);

  const finish = (isDrop: boolean): void => {
    const over = getState().ui.connecting?.over;
    wasDrag.current = begun.current?.isDrag === true;
    begun.current = undefined;
    if (!wasDrag.current) return;
    const isAimed = isDrop && over !== undefined && over !== id;
    if (isAimed) perform(connect, id, over);
    perform(stopConnecting, isAimed);
  };
  return (
    <button
      type="button"
      className={`connect nodrag nopan nokey ${isFrom ? 'from' : ''}`}
      aria-label={words.connect(title)}
      aria-description={refused}
      aria-disabled={refused === undefined ? undefined : true}
      aria-pressed={isFrom}
      onPointerDown={(event) => {
        if (event.button !== 0 || !event.isPrimary) return;
        wasDrag.current = false;
        begun.current = { x: event.clientX, y: event.clientY, isDrag: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const from = begun.current;
        if (!from) return;
        if (!from.isDrag) {
          if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLACK || refused !== undefined) return;
          from.isDrag = true;
          perform(startConnecting, id);
        }
        perform(aim, canvas.nodeAt(event.clientX, event.clientY));
      }}
      onPointerUp={() => finish(true)}
      onPointerCancel={() => finish(false)}
      onClick={(event) => {
        const { connecting } = getState().ui;
        // On another node's handle the click means that node.
        if (connecting && !isFrom) return;
        event.stopPropagation();
        if (event.detail > 0 && wasDrag.current) wasDrag.current = false;
        else if (isFrom) perform(stopConnecting);
        else perform(startConnecting, id);
      }}
    >
      <Icon name="link" size={12} />
    </button>
  );
}
