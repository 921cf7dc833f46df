/** Every module there is, by kind and category, to be dragged onto the graph or added on the spot. */
import './palette.css';
import { useState } from 'react';
import type { Category, Module } from '#core/module.ts';
import { KIND } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { KINDS } from '../layout/lanes.ts';
import { FirstVisit } from '../presets/FirstVisit.tsx';
import { PresetsMenu } from '../presets/PresetsMenu.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { PaletteItem } from './PaletteItem.tsx';

const LISTED: readonly Module[] = [...catalog.modules.values()].filter((module) => module.drawn !== false);

function found(query: string): (module: Module) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ id, title, summary, kind, category }) => {
    const categoryTitle = catalog.categories.find((candidate) => candidate.id === category)?.title ?? '';
    const text = [id, title, summary, KIND[kind].one, categoryTitle].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

const order = { available: 0, preview: 1, planned: 2 } as const;

export function Palette() {
  const [query, setQuery] = useState('');
  // The top bar of a narrow screen has no room for presets, and the inspector is not in sight.
  const isNarrow = useIsNarrow();
  const hits = LISTED.filter(found(query)).sort(
    (a, b) => order[a.status] - order[b.status] || (a.title < b.title ? -1 : 1),
  );
  const section = (category: Category) => {
    const modules = hits.filter((module) => module.category === category.id);
    if (query && modules.length === 0) return null;
    return (
      <section key={category.id} className="category">
        <h4 className="category-title">{category.title}</h4>
        {modules.length === 0 ? (
          <p className="category-empty">Nothing here yet.</p>
        ) : (
          <ul>
            {modules.map((module) => (
              <PaletteItem key={module.id} module={module} />
            ))}
          </ul>
        )}
      </section>
    );
  };
  return (
    <section className="pane palette" aria-label="Modules">
      <h2 className="sr">Modules</h2>
      <div className="palette-search">
        <Icon name="search" />
        <input
          className="field"
          type="search"
          aria-label="Find a module"
          placeholder="Find a module"
          data-find=""
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') step(event, 1);
          }}
        />
        {isNarrow && <PresetsMenu />}
      </div>
      {isNarrow && query === '' && <FirstVisit />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a convenience; Tab reaches all */}
      <div
        className="palette-list scroll"
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event, event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        {KINDS.map((kind) => {
          const categories = catalog.categories.filter((category) => category.kind === kind);
          const sections = categories.map(section).filter((item) => item !== null);
          return sections.length === 0 ? null : (
            <div key={kind} className={`palette-kind kind-${kind}`}>
              <h3 className="kind-title">
                <Icon name={kind} size={14} />
                {KIND[kind].many}
              </h3>
              {sections}
            </div>
          );
        })}
        {hits.length === 0 && <p className="category-empty">No module matches “{query}”.</p>}
      </div>
    </section>
  );
}

/** Focus to the next module or the one before, and from the first to the search. */
function step(event: React.KeyboardEvent, by: 1 | -1): void {
  const palette = (event.target as HTMLElement).closest('.palette');
  const stops = [...(palette?.querySelectorAll<HTMLElement>('[data-find], .module') ?? [])];
  const next = stops[stops.indexOf(event.target as HTMLElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
