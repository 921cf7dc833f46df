/** Every file that is not what is made now, and its lines where both texts are at hand. */
import '../results/changes/changes.css';
import './open.css';
import { useState } from 'react';
import type { FileChange } from '#core/compare.ts';
import type { Moved } from '#core/opened.ts';
import { compared as words } from '#words/open.ts';
import { Modal } from '../dialogs/Modal.tsx';
import { FileDiff } from '../results/changes/FileDiff.tsx';
import { useComposer, useRendering } from '../store/store.ts';
import { Icon } from '../ui/Icon.tsx';

export default function ComparedDialog() {
  const comparison = useComposer((state) => state.ui.comparison);
  const rendering = useRendering();
  const hasLines = comparison?.before !== undefined && rendering?.ok === true;
  const changeOf = (path: string): FileChange | undefined => {
    if (!hasLines) return undefined;
    const before = comparison.before?.find((file) => file.path === path);
    const after = rendering.tree.find((file) => file.path === path);
    const kind = before ? (after ? 'changed' : 'removed') : 'added';
    return { path, kind, ...(before ? { before } : {}), ...(after ? { after } : {}) };
  };
  return (
    <Modal title={words.title}>
      {hasLines && <p>{words.lines}</p>}
      {comparison?.parts.map(({ title, moved }) => (
        <section key={title} className="moved-part">
          <h3>{title}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <ul className="moved-files scroll" aria-label={title} tabIndex={0}>
            {moved.map((file) => (
              <li key={file.path}>
                <File file={file} change={changeOf(file.path)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Modal>
  );
}

function File({ file: { path, how }, change }: { file: Moved; change: FileChange | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const row = (
    <>
      <code>{path}</code>
      <span className="badge">{words.how[how]}</span>
    </>
  );
  if (!change) return <div className="moved-file">{row}</div>;
  return (
    // Only what is unfolded is compared: a catalog may have moved every file.
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="moved-file">
        <Icon name="chevron" size={13} />
        {row}
      </summary>
      {isOpen && <FileDiff change={change} view="unified" />}
    </details>
  );
}
