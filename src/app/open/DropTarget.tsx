/** The whole page takes a project that is dropped on it, and says so while one is over it. */
import './open.css';
import { useEffect, useState } from 'react';
import { open as words } from '#words/open.ts';
import { openSource, refuseOpening } from '../actions/open.ts';
import { perform } from '../store/action.ts';
import { Icon } from '../ui/Icon.tsx';
import type { Source } from './read.ts';

const hasFiles = (data: DataTransfer | null): data is DataTransfer => data?.types.includes('Files') === true;

export function DropTarget() {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return;
      // Otherwise the browser would leave the page for the file.
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      const source = sourceIn(event.dataTransfer);
      if (source) perform(openSource, source);
      else perform(refuseOpening, words.one);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return isOver ? (
    <div className="drop-target" aria-hidden="true">
      <p>
        <Icon name="folder" size={22} />
        {words.drop}
      </p>
    </div>
  ) : null;
}

/** To be asked while the event lasts; afterwards the items are gone. */
function sourceIn(data: DataTransfer): Source | undefined {
  const [item, another] = [...data.items].filter(({ kind }) => kind === 'file');
  if (!item || another) return undefined;
  const entry = item.webkitGetAsEntry();
  if (entry?.isDirectory) return { kind: 'folder', folder: entry as FileSystemDirectoryEntry };
  const file = item.getAsFile();
  return file ? { kind: 'file', file } : undefined;
}
