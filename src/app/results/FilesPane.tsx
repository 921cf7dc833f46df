/** The rendered files: a tree to search, one of them as text, and where each line comes from. */
import './files.css';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Source } from '#core/facts.ts';
import { withoutSecrets } from '#core/fill.ts';
import type { Span } from '#core/marks.ts';
import { lightOf, linesIn, sourcesOf, spansFrom } from '#core/provenance.ts';
import type { FileTree as Tree } from '#core/tree.ts';
import { titleOf } from '#words/en.ts';
import { files as words } from '#words/files.ts';
import { download } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { copyPlace, openFile } from '../actions/files.ts';
import { copy, loadTexts } from '../actions/project.ts';
import { perform } from '../store/action.ts';
import { resolutionOf } from '../store/derive.ts';
import { useMarks } from '../store/marks.ts';
import { useComposer, useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { FileSearch } from './FileSearch.tsx';
import { FileText } from './FileText.tsx';
import { FileTree } from './FileTree.tsx';
import { Legend, LineSource } from './Foot.tsx';
import { followLine } from './follow.ts';

const open = (path: string): void => perform(openFile, path);

export function FilesPane() {
  const rendering = useRendering();
  const failed = useComposer((state) => state.ui.texts.failed);
  const [kept, setKept] = useState(rendering);
  // While texts load, the files before stay.
  if (rendering && rendering !== kept) setKept(rendering);
  const shown = rendering ?? kept;
  if (!shown) {
    return failed ? (
      <div className="waiting">
        <p>{download.offline}</p>
        <Button label={words.retry} icon="reset" className="small" onClick={() => perform(loadTexts)} />
      </div>
    ) : (
      <p className="waiting">{words.loading}</p>
    );
  }
  return shown.ok ? <Files tree={shown.tree} /> : <p className="waiting">{download.failed(shown.reason)}</p>;
}

/** Only what is in the project can be asked about; what has just left it may still lie under the pointer. */
function useAsked(): { source: Source | undefined; listed: Source | undefined } {
  const { modules } = resolutionOf(useSelection());
  const ids = useMemo(() => new Set(modules.map(({ module }) => module.id)), [modules]);
  const asked = useComposer((state) => state.ui.listed);
  const listed = asked && ids.has(asked.module) ? asked : undefined;
  const picked = useComposer((state) => (state.ui.picked.length === 1 ? state.ui.picked[0] : undefined));
  const under = useComposer((state) => state.ui.pointed);
  const pointed = under !== undefined && ids.has(under) ? under : undefined;
  // What one points at, else what is listed, else the one module that is selected.
  const module = pointed ?? (listed ? undefined : picked);
  const source = useMemo(() => (module === undefined ? listed : { module }), [module, listed]);
  return { source, listed };
}

function Files({ tree }: { tree: Tree }) {
  const reading = useComposer((state) => state.ui.file);
  const { source, listed } = useAsked();
  const file = tree.find(({ path }) => path === reading.path);
  const lit = useMemo(() => file && source && spansFrom(file, source), [file, source]);
  // The text that is read changes with the graph; the tree beside it as soon as there is time.
  const beside = useDeferredValue(tree);
  const besideSource = useDeferredValue(source);
  // Where nothing lights up, nothing shows its colour: it stays, and no style is worked out anew.
  const kind = (source && catalog.modules.get(source.module)?.kind) ?? 'component';
  const [shownKind, setShownKind] = useState(kind);
  if (source && kind !== shownKind) setShownKind(kind);
  return (
    <div className={`files kind-${shownKind}`}>
      <Side tree={beside} source={besideSource} listed={listed} current={file?.path ?? ''} />
      {file ? <File file={file} lit={lit} /> : <p className="waiting">{words.gone(reading.path)}</p>}
    </div>
  );
}

interface SideProps {
  readonly tree: Tree;
  readonly source: Source | undefined;
  readonly listed: Source | undefined;
  readonly current: string;
}

const Side = memo(function Side({ tree, source, listed, current }: SideProps) {
  const marks = useMarks();
  const light = useMemo(() => source && lightOf(tree, source), [tree, source]);
  const lit = useMemo(
    () =>
      source &&
      light && {
        title: titleOf(catalog, source.module),
        lines: new Map([...light.spans].map(([path, spans]) => [path, linesIn(spans)])),
      },
    [source, light],
  );
  const paths = useMemo(() => {
    const among = listed && lightOf(tree, listed).spans;
    return tree.map(({ path }) => path).filter((path) => among?.has(path) ?? true);
  }, [tree, listed]);
  return (
    <div className="files-side">
      <FileSearch tree={tree}>
        <FileTree
          key={listed ? `${listed.module} ${listed.option}` : ''}
          paths={paths}
          current={current}
          open={open}
          allOpen={listed !== undefined}
          marks={marks}
          {...(lit ? { lit } : {})}
        />
      </FileSearch>
      <Legend source={source} light={light} isListed={listed !== undefined} />
    </div>
  );
});

function File({ file, lit }: { file: Tree[number]; lit: readonly Span[] | undefined }) {
  const { path, content, mode } = file;
  const reading = useComposer((state) => state.ui.file);
  const text = useMemo(() => withoutSecrets(content), [content]);
  const line = useMemo(
    () => (reading.line === undefined ? undefined : followLine(reading.text ?? content, content, reading.line)),
    [reading, content],
  );
  const mark = useCallback((to: number): void => perform(openFile, path, to), [path]);
  return (
    <div className="file">
      <div className="pane-tools">
        <h3 className="file-path">{path}</h3>
        {mode === '755' && <span className="badge">{words.executable}</span>}
        <span className="topbar-space" />
        <Button
          label={words.linkFile(path)}
          icon="link"
          bare
          look="quiet"
          className="small"
          tip={words.linkFile(path)}
          onClick={() => perform(copyPlace, path)}
        />
        <Button label={words.copyFile(path)} icon="copy" className="small" onClick={() => perform(copy, text, path)}>
          <span>{words.copy}</span>
        </Button>
      </div>
      <FileText key={path} path={path} text={text} current={line} lit={lit} mark={mark} asked={reading} />
      <LineSource
        path={path}
        line={line}
        text={text.split('\n')[(line ?? 0) - 1] ?? ''}
        sources={line === undefined ? [] : sourcesOf(file, line)}
      />
    </div>
  );
}
