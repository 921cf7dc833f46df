/** The same project from a terminal; nothing that the command line would refuse. */
import { unsettled, command as words } from '#words/page.ts';
import { copy } from '../actions/project.ts';
import { perform } from '../store/action.ts';
import { codeOf, commandOf } from '../store/derive.ts';
import { useProblems, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

export function CommandPane() {
  const selection = useSelection();
  const problems = useProblems();
  if (problems.length > 0) return <p className="waiting">{unsettled.command(problems.length)}</p>;
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
      <p className="option-summary">{words.same}</p>
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
      <code className="code-line">{text}</code>
    </div>
  );
}
