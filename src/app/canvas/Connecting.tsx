/** An edge on its way: the line to the pointer, what the target says to it, and the way out. */
import { EdgeLabelRenderer, useReactFlow, ViewportPortal } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { joining } from '#core/links.ts';
import type { ModuleId } from '#core/module.ts';
import { joinRefusal, edges as words } from '#words/edges.ts';
import { optionTitle, titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { absentPlaces, follows, stopConnecting } from '../actions/edges.ts';
import { NODE } from '../layout/lanes.ts';
import { perform } from '../store/action.ts';
import { resolutionOf } from '../store/derive.ts';
import type { Point } from '../store/state.ts';
import { useComposer, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

/** The words above the graph while one connects. */
export function ConnectBar() {
  const from = useComposer((state) => state.ui.connecting?.from);
  if (from === undefined) return null;
  return (
    <div className="connect-bar">
      <span>{words.bar(titleOf(catalog, from))}</span>
      <Button
        label={words.stop}
        look="quiet"
        icon="close"
        bare
        className="small"
        onClick={() => perform(stopConnecting)}
      />
    </div>
  );
}

export function Connecting() {
  const connecting = useComposer((state) => state.ui.connecting);
  if (!connecting) return null;
  const { from, over } = connecting;
  return (
    <>
      <Loose from={from} isShown={over === undefined || over === from} />
      {over !== undefined && over !== from && <Answer from={from} over={over} />}
    </>
  );
}

/** Follows the pointer as long as it is over nothing. */
function Loose({ from, isShown }: { from: ModuleId; isShown: boolean }) {
  const flow = useReactFlow();
  const start = useComposer((state) => state.positions[from]);
  const [end, setEnd] = useState<Point>();
  useEffect(() => {
    const move = ({ clientX, clientY }: PointerEvent): void =>
      setEnd(flow.screenToFlowPosition({ x: clientX, y: clientY }));
    addEventListener('pointermove', move);
    return () => removeEventListener('pointermove', move);
  }, [flow]);
  if (!start || !end || !isShown) return null;
  return (
    <ViewportPortal>
      <svg className="coming-edges loose" aria-hidden="true" focusable="false">
        <path d={`M${start.x + NODE.width / 2},${start.y + NODE.height} L${end.x},${end.y}`} />
      </svg>
    </ViewportPortal>
  );
}

/** What dropping it there would do, or why it cannot be dropped. */
function Answer({ from, over }: { from: ModuleId; over: ModuleId }) {
  const selection = useSelection();
  const positions = useComposer((state) => state.positions);
  const at = positions[over] ?? absentPlaces({ selection, positions }, from)[over];
  const given = joining(catalog, resolutionOf(selection), from, over);
  const refused = joinRefusal(catalog, from, over, given);
  if (!at) return null;
  const { x, y } = { x: at.x + NODE.width / 2, y: at.y + NODE.height + 6 };
  return (
    <EdgeLabelRenderer>
      <div
        className={`reason ${refused === undefined ? 'takes' : 'refuses'}`}
        style={{ translate: `calc(${x}px - 50%) ${y}px` }}
        aria-hidden="true"
      >
        {given.kind === 'link' && (
          <>
            <strong>{optionTitle(catalog, from, given.link.option)}</strong>
            <span>{follows(selection, given.selection)}</span>
          </>
        )}
        {refused !== undefined && <span>{refused}</span>}
      </div>
    </EdgeLabelRenderer>
  );
}
