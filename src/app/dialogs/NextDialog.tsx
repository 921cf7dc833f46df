/** After a download: what to do next, in the words of the project's own README. */
import { copy } from '../actions/project.ts';
import { perform } from '../store/action.ts';
import { useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from './Modal.tsx';

const README = 'README.md';
/** Only the first: the way from the zip to the running project. */
const SHELL_BLOCK = /^```(?:sh|bash|shell|console)\n([\s\S]*?)^```$/m;

function commands(readme: string | undefined): string {
  return SHELL_BLOCK.exec(readme ?? '')?.[1]?.trim() ?? 'uv sync\nmake serve';
}

export function NextDialog() {
  const { project } = useSelection();
  const rendering = useRendering();
  const readme = rendering?.ok ? rendering.tree.find(({ path }) => path === README)?.content : undefined;
  const inReadme = commands(readme);
  const lines = /^(cd|unzip)\b/m.test(inReadme) ? inReadme : `unzip ${project}.zip\ncd ${project}\n${inReadme}`;
  return (
    <Modal
      title={`${project}.zip is on its way`}
      foot={
        <Button
          label="Copy the commands"
          icon="copy"
          look="primary"
          onClick={() => perform(copy, `${lines}\n`, 'the commands')}
        />
      }
    >
      <p>Unpack it and start it:</p>
      <pre className="code-line">{lines}</pre>
      <p className="option-summary">
        The README inside says more. The zip holds a .env with secrets made just now on this machine; nobody else has
        them.
      </p>
      {rendering?.ok && (
        <p className="option-summary">
          Project hash <code className="hash">{rendering.hash}</code>
        </p>
      )}
    </Modal>
  );
}
