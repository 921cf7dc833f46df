/** The Mermaid diagrams: drawn in a page of their own, shown as an image, and always there as text. */
import './diagram.css';
import { useEffect, useRef, useState } from 'react';
import { diagrams as words } from '#words/diagrams.ts';
import { type Picture, savePng, saveSvg, showDiagram } from '../actions/diagrams.ts';
import { copy, loadTexts } from '../actions/project.ts';
import { draw } from '../mermaid/client.ts';
import { DARK } from '../mermaid/palette.ts';
import { perform } from '../store/action.ts';
import { drawingsOf } from '../store/derive.ts';
import { useComposer, useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { useIsDark } from '../ui/useIsDark.ts';
import { useZoom } from './useZoom.ts';

export function DiagramPane() {
  const selection = useSelection();
  const id = useComposer((state) => state.ui.diagram);
  const isDark = useIsDark();
  const [isTextOpen, setTextOpen] = useState(false);
  // What modules give comes with their texts.
  useRendering();
  useEffect(() => {
    perform(loadTexts);
  }, []);
  const drawings = drawingsOf(
    selection,
    useComposer((state) => state.recorded),
  );
  const shown = drawings.find((drawing) => drawing.id === id) ?? drawings[0];
  const text = shown?.text() ?? '';
  const { picture, failed } = usePicture(isDark ? (shown?.text(DARK) ?? '') : text, isDark);
  const name = `${selection.project}-${shown?.id}`;
  const refused = picture ? undefined : words.notYet;
  return (
    <div className={`diagram ${isTextOpen ? 'with-text' : ''}`}>
      <div className="pane-tools">
        <select
          className="which"
          aria-label={words.which}
          value={shown?.id}
          onChange={(event) => perform(showDiagram, event.target.value)}
        >
          {drawings.map((drawing) => (
            <option key={drawing.id} value={drawing.id}>
              {drawing.title}
            </option>
          ))}
        </select>
        <span className="topbar-space" />
        <Button
          label={isTextOpen ? words.hideText : words.showText}
          icon="file"
          bare
          className="small narrow-only"
          pressed={isTextOpen}
          onClick={() => setTextOpen(!isTextOpen)}
        />
        <Button
          label={words.copyText}
          icon="copy"
          className="small shrinks"
          onClick={() => perform(copy, text, words.what)}
        >
          <span>{words.copy}</span>
        </Button>
        <Button
          label={words.svg}
          icon="download"
          className="small"
          refused={refused}
          onClick={() => picture && perform(saveSvg, picture, name)}
        >
          <span>SVG</span>
        </Button>
        <Button
          label={words.png}
          icon="download"
          className="small"
          refused={refused}
          onClick={() => picture && perform(savePng, picture, name, groundOf('.diagram-picture'))}
        >
          <span>PNG</span>
        </Button>
      </div>
      <div className="diagram-split">
        {picture ? (
          <Viewer key="picture" picture={picture} which={shown?.id} title={shown?.title ?? ''} />
        ) : (
          <p className="waiting">{failed ? words.failed : words.drawing}</p>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section className="diagram-text scroll" tabIndex={0} aria-label={words.text}>
          <pre>{text}</pre>
        </section>
      </div>
    </div>
  );
}

const groundOf = (selector: string): string => {
  const element = document.querySelector(selector);
  return element ? getComputedStyle(element).backgroundColor : 'white';
};

const STEP = 60;
const CLOSER = 1.25;

function Viewer({ picture, which, title }: { picture: Picture; which: string | undefined; title: string }) {
  const frame = useRef<HTMLElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const zoom = useZoom(frame, image, picture, which);
  const press = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      '+': () => zoom.by(CLOSER),
      '=': () => zoom.by(CLOSER),
      '-': () => zoom.by(1 / CLOSER),
      '0': () => zoom.fit(),
      ArrowLeft: () => zoom.move(STEP, 0),
      ArrowRight: () => zoom.move(-STEP, 0),
      ArrowUp: () => zoom.move(0, STEP),
      ArrowDown: () => zoom.move(0, -STEP),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="diagram-frame">
      <section
        ref={frame}
        className="diagram-picture"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that move it
        tabIndex={0}
        aria-label={words.picture}
        aria-description={words.keys}
        onKeyDown={press}
      >
        <img
          ref={image}
          src={picture.url}
          width={picture.width}
          height={picture.height}
          alt={words.alt(title)}
          draggable={false}
        />
      </section>
      <div className="diagram-zoom" role="toolbar" aria-label={words.tools}>
        <Button label={words.zoomIn} icon="plus" bare look="quiet" className="small" onClick={() => zoom.by(CLOSER)} />
        <Button
          label={words.zoomOut}
          icon="minus"
          bare
          look="quiet"
          className="small"
          onClick={() => zoom.by(1 / CLOSER)}
        />
        <Button label={words.fit} icon="fit" bare look="quiet" className="small" onClick={zoom.fit} />
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
