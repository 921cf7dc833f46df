/** One quiet message over the graph, with a way back. It waits while pointed at or focused, and for whoever walks to it by keys. */
import './messages.css';
import { useDeferredValue, useEffect, useState } from 'react';
import { takeBack } from '../actions/history.ts';
import { dismissMessage } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import type { Message } from '../store/state.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

const SHOWN_MS = 7000;

export function Toast() {
  // What was done shows first; what is said of it a frame later.
  const message = useDeferredValue(useComposer((state) => (state.ui.message?.visible ? state.ui.message : undefined)));
  // Each begins anew: one that is closed by its own button is never left, and would hold all that follow.
  return message ? <Shown key={message.id} message={message} /> : null;
}

function Shown({ message }: { message: Message }) {
  const latest = useDeferredValue(useComposer((state) => state.history.past.at(-1)));
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => perform(dismissMessage), SHOWN_MS);
    };
    wait();
    addEventListener('keydown', wait);
    return () => {
      clearTimeout(waiting);
      removeEventListener('keydown', wait);
    };
  }, [isHeld]);
  const step = message.undoes === latest ? latest : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it there
    <div
      className="toast"
      onPointerEnter={(event) => event.pointerType === 'mouse' && setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{message.text}</span>
      {step && <Button label="Take back" look="quiet" className="small" onClick={() => perform(takeBack, step)} />}
      <Button
        label="Dismiss"
        icon="close"
        bare
        look="quiet"
        className="small"
        onClick={() => perform(dismissMessage)}
      />
    </div>
  );
}
