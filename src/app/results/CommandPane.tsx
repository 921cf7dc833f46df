/** The same project from a terminal; nothing that the command line would refuse. */
import { Fragment } from 'react';
import { holdsSecrets } from '#core/fill.ts';
import { unsettled, command as words } from '#words/page.ts';
import { copy } from '../actions/project.ts';
import { perform } from '../store/action.ts';
import { codeOf, commandOf } from '../store/derive.ts';
import { useProblems, useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

export function CommandPane() {
  const selection = useSelection();
  const problems = useProblems();
  const rendering = useRendering();
  if (problems.length > 0) return <p className="waiting">{unsettled.command(problems.length)}</p>;
  const hasSecrets = rendering?.ok === true && rendering.tree.some(holdsSecrets);
  const command = commandOf(selection);
  const code = codeOf(selection);
  const [before, after] = words.origin;
  return (
    <div className="command scroll">
      <Line title="Makes this project" text={command} what="the command" />
      <Line
        title="The same, from the share code"
        text={`stackwright init ${code}`}
        what="the command with the share code"
      />
      <p className="option-summary">{hasSecrets ? words.sameWithSecrets : words.same}</p>
      <p className="option-summary">
        {before} <code>{words.launcher}</code> {after}
      </p>
    </div>
  );
}

function Line({ title, text, what }: { title: string; text: string; what: string }) {
  return (
    <div className="command-line">
      <div className="command-head">
        <h3>{title}</h3>
        <Button label={`Copy ${what}`} icon="copy" className="small" onClick={() => perform(copy, text, what)}>
          <span>Copy</span>
        </Button>
      </div>
      <code className="code-line">
        <Words text={text} />
      </code>
    </div>
  );
}

/** Breaks between words, and in one that is too long behind its commas. What is marked and copied has no break. */
function Words({ text }: { text: string }) {
  const words = text.split(' ');
  return words.map((word, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand there twice
    <Fragment key={at}>
      {at > 0 && ' '}
      <span className="command-word">
        {word.split(/(?<=,)/).map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
      </span>
    </Fragment>
  ));
}
