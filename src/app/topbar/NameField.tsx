/** The project's name. Its rule stands under it while one types; a text that is no name is not taken up. */
import { useId, useRef, useState } from 'react';
import { nameRefusal } from '#words/en.ts';
import { did } from '#words/page.ts';
import { typeName } from '../actions/history.ts';
import { announce } from '../actions/modules.ts';
import { holdName, nameInstead, whyNotName } from '../actions/projects.ts';
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
  const was = useRef(project);
  const rename = (to: string): void => perform(typeName, to, visit.current);
  const typed = draft ?? project;
  const refused = useComposer(({ selection }) => (draft === undefined ? undefined : whyNotName(draft, selection)));
  const instead = useComposer(({ selection }) => (refused === undefined ? '' : nameInstead(typed, selection)));
  return (
    <div className="name">
      <input
        className="field name-field"
        aria-label="Project name"
        aria-describedby={id}
        aria-invalid={refused !== undefined}
        value={typed}
        maxLength={60}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onFocus={() => {
          was.current = project;
          visit.current = Date.now();
          setTyping(true);
          perform(holdName, true);
        }}
        onBlur={() => {
          setTyping(false);
          perform(holdName, false);
          if (project !== was.current) perform(announce, `${did.renamed(project)}.`);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== undefined) rename(project);
        }}
        onChange={(event) => rename(event.target.value)}
      />
      <Projects />
      <div className={`name-rule ${isTyping || refused ? 'shown' : ''} ${refused ? 'wrong' : ''}`}>
        <p id={id}>{refused ?? nameRefusal('grammar', typed)}</p>
        {refused && (
          <button type="button" className="button small" onClick={() => rename(instead)}>
            Take {instead}
          </button>
        )}
      </div>
    </div>
  );
}
