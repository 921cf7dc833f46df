/** The field over the tree, and what it found: a combobox, so that the focus stays where one types. */
import './search.css';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { FileTree } from '#core/tree.ts';
import { search as words } from '#words/files.ts';
import { openFile } from '../actions/files.ts';
import { perform } from '../store/action.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { FileHits, Pieces } from './search.ts';
import { type Searched, useSearch } from './useSearch.ts';

interface Place {
  readonly path: string;
  readonly line?: number;
}
const placesOf = (files: readonly FileHits[]): Place[] =>
  files.flatMap(({ path, hits }) => [{ path }, ...hits.map(({ line }) => ({ path, line }))]);

/** @param children what stands here while nothing is looked for */
export function FileSearch({ tree, children }: { tree: FileTree; children: ReactNode }) {
  const [query, setQuery] = useState('');
  const [matchesCase, setMatchesCase] = useState(false);
  const [at, setAt] = useState(-1);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const found = useSearch(tree, query, matchesCase);
  const places = placesOf(found?.files ?? []);
  const active = places[at] ? `${id}-${at}` : undefined;

  const type = (next: string): void => {
    setQuery(next);
    setAt(-1);
  };
  const go = (next: number): void => {
    if (places.length === 0) return;
    const to = (next + places.length) % places.length;
    setAt(to);
    list.current?.querySelector(`#${CSS.escape(`${id}-${to}`)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const open = (place: Place | undefined): void => {
    if (place) perform(openFile, place.path, place.line);
  };
  /** What Enter opens before an arrow key was pressed: the first line, else the first name. */
  const first = Math.max(
    0,
    places.findIndex(({ line }) => line !== undefined),
  );
  const press = (event: React.KeyboardEvent): void => {
    const act = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at < 0 ? -1 : at - 1),
      Enter: () => {
        if (at < 0) go(first);
        open(places[at < 0 ? first : at]);
      },
      Escape: () => type(''),
    }[event.key];
    if (!act || query === '') return;
    event.preventDefault();
    act();
  };

  return (
    <>
      <div className="file-search">
        <Icon name="search" size={14} />
        <input
          ref={field}
          type="text"
          role="combobox"
          className="field"
          placeholder={words.label}
          aria-label={words.label}
          aria-autocomplete="list"
          aria-expanded={places.length > 0}
          aria-controls={places.length > 0 ? id : undefined}
          aria-activedescendant={active}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
        />
        <Button
          label={words.matchCase}
          look="quiet"
          className="small bare"
          tip={words.matchCase}
          pressed={matchesCase}
          onClick={() => setMatchesCase(!matchesCase)}
        >
          <span aria-hidden="true">Aa</span>
        </Button>
        {query !== '' && (
          <Button
            label={words.clear}
            icon="close"
            bare
            look="quiet"
            className="small"
            onClick={() => {
              type('');
              field.current?.focus();
            }}
          />
        )}
      </div>
      <p className={query === '' ? 'sr' : 'found-sum'} role="status">
        {found && (places.length > 0 ? words.sum(found) : words.none(found.query))}
      </p>
      {query === '' || !found ? (
        children
      ) : (
        <div ref={list} id={id} className="found scroll" role="listbox" aria-label={words.results} tabIndex={-1}>
          <Results
            found={found}
            at={at}
            id={id}
            choose={(index) => {
              setAt(index);
              open(places[index]);
            }}
          />
        </div>
      )}
    </>
  );
}

interface ResultsProps {
  readonly found: Searched;
  readonly at: number;
  readonly id: string;
  readonly choose: (index: number) => void;
}

function Results({ found, at, id, choose }: ResultsProps) {
  let index = -1;
  const option = (className: string, key: React.Key, children: ReactNode) => {
    index += 1;
    const own = index;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
      // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active one
      <div
        key={key}
        id={`${id}-${own}`}
        role="option"
        className={className}
        aria-selected={own === at}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => choose(own)}
      >
        {children}
      </div>
    );
  };
  return found.files.map(({ path, name, hits }) => (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has groups of options, not of fields
    <div key={path} role="group" aria-label={path}>
      {option('found-file', path, <Marked pieces={name} />)}
      {hits.map(({ line, pieces }) =>
        option(
          'found-line',
          line,
          <>
            <span className="found-number">{line}</span>
            <code>
              <Marked pieces={pieces} />
            </code>
          </>,
        ),
      )}
    </div>
  ));
}

function Marked({ pieces }: { pieces: Pieces }) {
  return pieces.map(({ text, isHit }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
    isHit ? <mark key={index}>{text}</mark> : text,
  );
}
