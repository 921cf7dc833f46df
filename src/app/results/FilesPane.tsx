/** The rendered files: a tree, and one of them as text. */
import { useState } from 'react';
import { withoutSecrets } from '#core/fill.ts';
import { download as words } from '#words/page.ts';
import { copy, loadTexts } from '../actions/project.ts';
import { perform } from '../store/action.ts';
import { useComposer, useRendering } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { FileText } from './FileText.tsx';
import { FileTree } from './FileTree.tsx';

const FIRST = 'README.md';

export function FilesPane() {
  const rendering = useRendering();
  const failed = useComposer((state) => state.ui.texts.failed);
  const [kept, setKept] = useState(rendering);
  const [path, setPath] = useState(FIRST);
  // While texts load, the files before stay.
  if (rendering && rendering !== kept) setKept(rendering);
  const shown = rendering ?? kept;
  if (!shown) {
    return failed ? (
      <div className="waiting">
        <p>{words.offline}</p>
        <Button label="Try again" icon="reset" className="small" onClick={() => perform(loadTexts)} />
      </div>
    ) : (
      <p className="waiting">Loading the files…</p>
    );
  }
  if (!shown.ok) return <p className="waiting">{words.failed(shown.reason)}</p>;
  const file = shown.tree.find((candidate) => candidate.path === path) ?? shown.tree[0];
  const text = withoutSecrets(file?.content ?? '');
  return (
    <div className="files">
      <FileTree paths={shown.tree.map((candidate) => candidate.path)} current={file?.path ?? ''} open={setPath} />
      {file && (
        <div className="file">
          <div className="pane-tools">
            <h3 className="file-path">{file.path}</h3>
            {file.mode === '755' && <span className="badge">executable</span>}
            <span className="topbar-space" />
            <Button
              label={`Copy ${file.path}`}
              icon="copy"
              className="small"
              onClick={() => perform(copy, text, file.path)}
            >
              <span>Copy</span>
            </Button>
          </div>
          <FileText path={file.path} text={text} />
        </div>
      )}
    </div>
  );
}
