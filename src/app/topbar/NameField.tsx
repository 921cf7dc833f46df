/** The project's name. Its rule stands under it while one types; a text that is no name is not taken up. */
import { useId, useRef, useState } from 'react';
import { refuseName, suggestName } from '#core/names.ts';
import { nameRefusal } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { typeName } from '../actions/history.ts';
import { holdName } from '../actions/projects.ts';
import { perform } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { Projects } from './Projects.tsx';

export function NameField() {
  const id = useId();
  const project = useComposer((state) => state.selection.project);
  const draft = useComposer((state) => state.ui.nameDraft);
  const [isTyping, setTyping] = useState(false);
  /** Every visit of the field is a step of its own. */
  const visit = useRef(0);
  const rename = (to: string): void => perform(typeName, to, visit.current);
  const typed = draft ?? project;
  const refusal = draft === undefined ? undefined : refuseName(catalog, draft);
  const suggestion = draft === undefined ? '' : suggestName(catalog, draft);
  return (
    <div className="name">
      <input
        className="field name-field"
        aria-label="Project name"
        aria-describedby={id}
        aria-invalid={refusal !== undefined}
        value={typed}
        maxLength={60}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onFocus={() => {
          visit.current = Date.now();
          setTyping(true);
          perform(holdName, true);
        }}
        onBlur={() => {
          setTyping(false);
          perform(holdName, false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== undefined) rename(project);
        }}
        onChange={(event) => rename(event.target.value)}
      />
      <Projects />
      <div className={`name-rule ${isTyping || refusal ? 'shown' : ''} ${refusal ? 'wrong' : ''}`}>
        <p id={id}>{refusal ? nameRefusal(refusal, typed) : nameRefusal('grammar', typed)}</p>
        {refusal && (
          <button type="button" className="button small" onClick={() => rename(suggestion)}>
            Take {suggestion}
          </button>
        )}
      </div>
    </div>
  );
}
