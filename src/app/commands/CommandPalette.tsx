/** Everything that can be done, found by a few letters: a combobox over one list. */
import './commands.css';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { commands as words } from '#words/commands.ts';
import { type Command, commandsOf } from '../actions/all.ts';
import { preview } from '../actions/edges.ts';
import { closeDialog } from '../actions/view.ts';
import { useModal } from '../dialogs/useModal.ts';
import { perform } from '../store/action.ts';
import { getState } from '../store/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { Keys } from '../ui/Keys.tsx';
import { rank } from './rank.ts';

/** More than anybody reads; another letter finds the rest. */
const SHOWN = 60;

export function CommandPalette() {
  const id = useId();
  const modal = useModal();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const all = useMemo(() => commandsOf(getState()), []);
  const found = useMemo(() => rank(all, query).slice(0, SHOWN), [all, query]);
  const active = found[Math.min(at, found.length - 1)];
  const optionId = (command: Command): string => `${id}-${all.indexOf(command)}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    const isShown = active?.refused === undefined;
    perform(preview, isShown ? active?.next?.() : undefined);
  }, [active]);
  useEffect(() => () => perform(preview, undefined), []);

  const run = (command: Command | undefined): void => {
    if (!command || command.refused !== undefined) return;
    perform(closeDialog);
    // After the dialog has given the focus back.
    setTimeout(command.run);
  };
  const press = (event: React.KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const isStep = Math.abs(to - at) === 1;
      const last = found.length - 1;
      setAt(isStep ? (to + found.length) % Math.max(found.length, 1) : Math.max(0, Math.min(to, last)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(active);
    }
  };
  return (
    <dialog {...modal} className="modal commands" aria-label={words.title}>
      <Icon name="search" />
      <input
        className="field commands-field"
        type="text"
        role="combobox"
        aria-label={words.field}
        placeholder={words.placeholder}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active && optionId(active)}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <p className="sr" role="status">
        {words.count(found.length)}
      </p>
      {found.length === 0 && <p className="commands-none">{words.none(query)}</p>}
      <div ref={list} id={`${id}-list`} className="commands-list scroll" role="listbox" aria-label={words.title}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={command.id}
            id={optionId(command)}
            role="option"
            tabIndex={-1}
            className="command-row"
            aria-selected={command === active}
            aria-disabled={command.refused === undefined ? undefined : true}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <span className="command-text">
              {command.title}
              {command.refused !== undefined && <small>{command.refused}</small>}
            </span>
            {command.keys && <Keys keys={command.keys} />}
          </div>
        ))}
      </div>
    </dialog>
  );
}
