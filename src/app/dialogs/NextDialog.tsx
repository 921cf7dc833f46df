/** After a download: what to do next, in the words of the project's own README. */
import { holdsSecrets } from '#core/fill.ts';
import { answersAt, nextSteps } from '#core/next.ts';
import { next as words } from '#words/page.ts';
import { copy } from '../actions/project.ts';
import { perform } from '../store/action.ts';
import { useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from './Modal.tsx';

export function NextDialog() {
  const { project } = useSelection();
  const rendering = useRendering();
  const steps = [
    { title: words.unpack, lines: [`unzip ${project}.zip`, `cd ${project}`] },
    ...(rendering?.ok ? nextSteps(rendering.tree) : []),
  ];
  const address = rendering?.ok ? answersAt(rendering.tree) : undefined;
  const hasSecrets = rendering?.ok === true && rendering.tree.some(holdsSecrets);
  const all = steps.flatMap(({ lines }) => lines).join('\n');
  return (
    <Modal
      title={words.title(project)}
      foot={
        <Button
          label="Copy the commands"
          icon="copy"
          look="primary"
          onClick={() => perform(copy, `${all}\n`, 'the commands')}
        />
      }
    >
      <ol className="next-steps">
        {steps.map(({ title, lines }) => (
          <li key={`${title} ${lines[0]}`}>
            <h3>{title}</h3>
            <pre className="code-line">{lines.join('\n')}</pre>
          </li>
        ))}
      </ol>
      {address && (
        <p>
          {words.open} <code>{address}</code>.
        </p>
      )}
      <p className="option-summary">{hasSecrets ? `${words.more} ${words.secrets}` : words.more}</p>
      {rendering?.ok && (
        <p className="option-summary">
          Project hash <code className="hash">{rendering.hash}</code>
        </p>
      )}
    </Modal>
  );
}
