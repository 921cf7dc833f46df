/** All presets, under a button. The popover is the browser's own: Escape and a click beside it close it, and the focus goes back. */
import './presets.css';
import { useId, useRef, useState } from 'react';
import { presets as words } from '#words/presets.ts';
import { type Preset, presets } from '../../catalog.ts';
import { openPreset } from '../actions/presets.ts';
import { perform } from '../store/action.ts';
import { Icon } from '../ui/Icon.tsx';
import { PresetItem } from './PresetItem.tsx';

export function PresetsMenu() {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('.preset') ?? [])];

  const toggled = (event: React.ToggleEvent): void => {
    if (event.newState === 'closed') {
      // Not before: the browser gives the focus back only while it is within.
      setOpen(false);
      return;
    }
    const under = button.current?.getBoundingClientRect();
    menu.current?.style.setProperty('--under', `${(under?.bottom ?? 0) + 6}px`);
    menu.current?.style.setProperty('--left', `${under?.left ?? 0}px`);
    items()[0]?.focus();
  };
  const step = (event: React.KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  };
  const open = (preset: Preset): void => {
    menu.current?.hidePopover();
    perform(openPreset, preset);
  };

  return (
    <>
      <button ref={button} type="button" className="button presets-button" popoverTarget={id} aria-expanded={isOpen}>
        <Icon name="presets" />
        <span>{words.menu}</span>
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a convenience; Tab reaches all */}
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="presets-menu scroll"
        onBeforeToggle={(event) => event.newState === 'open' && setOpen(true)}
        onToggle={toggled}
        onKeyDown={step}
      >
        {isOpen && (
          <>
            <p className="presets-hint">{words.hint}</p>
            <ul aria-label={words.list}>
              {presets.map((preset) => (
                <li key={preset.id}>
                  <PresetItem preset={preset} open={() => open(preset)} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}
