/** The project for others: its link, as a QR code and a badge too, its command and its hash. Loaded on demand. */
import './share.css';
import { type ReactNode, useState } from 'react';
import { copied, unsettled } from '#words/page.ts';
import { share as words } from '#words/share.ts';
import { copy } from '../actions/project.ts';
import { Modal } from '../dialogs/Modal.tsx';
import { perform } from '../store/action.ts';
import { commandOf, linkOf, renderingOf } from '../store/derive.ts';
import { useComposer, useProblems, useRendering, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { qrOf, svgOf } from './qr.ts';

const isLocal = /^(localhost|127\.|\[::1\])/.test(location.hostname);

export default function ShareDialog() {
  const selection = useSelection();
  // Of what link and command make for others: nothing is recorded there.
  const rendering = useRendering() && renderingOf(selection);
  const problems = useProblems();
  const link = linkOf(selection);
  const qr = qrOf(link);
  const badge = new URL('badge.svg', document.baseURI).href;
  return (
    <Modal title={words.title(selection.project)}>
      <div className="share">
        <Part title={words.link} text={link} what="the link" note={isLocal ? words.local : words.linkIs} />
        {qr ? (
          <Part title={words.qr} text={svgOf(qr)} what="the QR code as SVG" unseen>
            <svg className="share-qr" role="img" aria-label={words.qrLabel} viewBox={`0 0 ${qr.size} ${qr.size}`}>
              <path d={qr.path} shapeRendering="crispEdges" />
            </svg>
          </Part>
        ) : (
          <p className="option-summary">{words.qrLong}</p>
        )}
        <Part
          title={words.badge}
          text={`[![${words.badgeAlt}](${badge})](${link})`}
          what="the Markdown of the badge"
          note={words.badgeIs}
        >
          <img className="share-badge" src="badge.svg" alt={words.badgeAlt} width={166} height={24} />
        </Part>
        {problems.length > 0 ? (
          <p className="option-summary">{unsettled.command(problems.length)}</p>
        ) : (
          <>
            <Part title={words.command} text={commandOf(selection)} what="the command" />
            {rendering?.ok ? (
              <Part title={words.hash} text={rendering.hash} what="the project hash" note={words.hashIs} />
            ) : (
              <p className="option-summary">{words.waiting}</p>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}

function Part({ title, text, what, note, unseen, children }: PartProps) {
  const message = useComposer((state) => state.ui.message);
  // What was said before the dialog opened is not about it.
  const [before] = useState(message?.id);
  const isCopied = message?.id !== before && message?.text === copied(what);
  return (
    <section className={unseen ? 'share-part share-beside' : 'share-part'}>
      <div className="share-head">
        <h3>{title}</h3>
        <Button
          label={isCopied ? `Copied ${what}` : `Copy ${what}`}
          icon={isCopied ? 'check' : 'copy'}
          className="small"
          onClick={() => perform(copy, text, what)}
        >
          <span>{isCopied ? 'Copied' : 'Copy'}</span>
        </Button>
      </div>
      {/* The page behind says it too, but nobody hears what lies behind a dialog. */}
      <span className="sr" role="status">
        {isCopied && message.text}
      </span>
      {children}
      {!unseen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <code className="code-line" tabIndex={0}>
          {text}
        </code>
      )}
      {note && <p className="option-summary">{note}</p>}
    </section>
  );
}
interface PartProps {
  readonly title: string;
  readonly text: string;
  readonly what: string;
  readonly note?: string;
  /** The text is copied, not shown: a picture stands for it. */
  readonly unseen?: boolean;
  readonly children?: ReactNode;
}
