/** The Mermaid diagrams: drawn in a page of their own, shown as an image, and always there as text. */
import { useEffect, useState } from 'react';
import { copy, loadTexts, save } from '../actions/project.ts';
import { draw } from '../mermaid/client.ts';
import { DARK } from '../mermaid/palette.ts';
import { perform } from '../store/action.ts';
import { drawingsOf } from '../store/derive.ts';
import { useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { useIsDark } from '../ui/useIsDark.ts';

interface Picture {
  readonly url: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export function DiagramPane() {
  const selection = useSelection();
  const [id, setId] = useState('');
  const isDark = useIsDark();
  // What modules give comes with their texts.
  useRendering();
  useEffect(() => {
    perform(loadTexts);
  }, []);
  const drawings = drawingsOf(selection);
  const shown = drawings.find((drawing) => drawing.id === id) ?? drawings[0];
  const text = shown?.text() ?? '';
  const { picture, failed } = usePicture(isDark ? (shown?.text(DARK) ?? '') : text, isDark);
  return (
    <div className="diagram">
      <div className="pane-tools">
        <select
          className="which"
          aria-label="Which diagram"
          value={shown?.id}
          onChange={(event) => setId(event.target.value)}
        >
          {drawings.map((drawing) => (
            <option key={drawing.id} value={drawing.id}>
              {drawing.title}
            </option>
          ))}
        </select>
        <span className="topbar-space" />
        <Button
          label="Copy Mermaid text"
          icon="copy"
          className="small"
          onClick={() => perform(copy, text, 'the Mermaid text')}
        >
          <span>Copy text</span>
        </Button>
        <Button
          label="Save SVG"
          icon="download"
          className="small shrinks"
          refused={picture ? undefined : 'The picture is not drawn yet.'}
          onClick={() =>
            picture && save(new Blob([picture.svg], { type: 'image/svg+xml' }), `${selection.project}-${shown?.id}.svg`)
          }
        />
      </div>
      <div className="diagram-split">
        <div className="diagram-picture scroll">
          {picture && (
            <img
              src={picture.url}
              width={picture.width}
              height={picture.height}
              alt={`Diagram: ${shown?.title}. The same as text is beside it.`}
            />
          )}
          {!picture && (
            <p className="waiting">
              {failed ? 'The diagram could not be drawn here; its text is beside it.' : 'Drawing…'}
            </p>
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section className="diagram-text scroll" tabIndex={0} aria-label="Mermaid text">
          <pre>{text}</pre>
        </section>
      </div>
    </div>
  );
}

/** The last picture stays until the next is drawn, so that nothing flickers. */
function usePicture(text: string, isDark: boolean): { picture: Picture | undefined; failed: boolean } {
  const [picture, setPicture] = useState<Picture>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    draw(text, isDark ? 'dark' : 'light').then(
      (drawn) => {
        if (!isCurrent) return;
        const url = URL.createObjectURL(new Blob([drawn.svg], { type: 'image/svg+xml' }));
        setFailed(false);
        setPicture({ ...drawn, url });
      },
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [text, isDark]);
  useEffect(() => () => URL.revokeObjectURL(picture?.url ?? ''), [picture]);
  return { picture: failed ? undefined : picture, failed };
}
