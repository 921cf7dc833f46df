/** An edge in the inspector: why it is here, the switch it stands for, and what taking it away comes to. */
import { cutting, isLinkAlone } from '#core/links.ts';
import { edgeTitle, edges as words } from '#words/edges.ts';
import { titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { disconnect, follows, pickEdge } from '../actions/edges.ts';
import { perform, useRefusal } from '../store/action.ts';
import { type DrawnEdge, drawnOf, resolutionOf } from '../store/derive.ts';
import { useLaterRendering, useLaterSelection, useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Button } from '../ui/Button.tsx';
import { ModuleLink } from './ModuleLink.tsx';
import { OptionRow } from './Options.tsx';

export function EdgeView({ drawn }: { drawn: DrawnEdge }) {
  const { id, from, to } = drawn;
  const selection = useSelection();
  const before = useLaterSelection();
  const made = useLaterRendering();
  const resolution = resolutionOf(selection);
  const isLink = isLinkAlone(catalog, resolution, from, to);
  const refused = useRefusal(disconnect, id);
  const given = cutting(catalog, resolution, from, to);
  const entry = drawnOf(selection).find(({ module }) => module.id === from);
  const then = given.kind === 'link' ? given.selection : undefined;
  const shown = usePreview(() => then);
  return (
    <article className={`inspected kind-${entry?.module.kind ?? ''}`}>
      <header className="inspected-head">
        <div className="inspected-titles">
          <h2>{edgeTitle(catalog, drawn, isLink)}</h2>
          <p>{isLink ? words.kind.link : words.kind.requirement}</p>
        </div>
        <Button
          label="Close"
          icon="close"
          bare
          look="quiet"
          className="small"
          tip="Back to the project"
          onClick={() => perform(pickEdge, undefined)}
        />
      </header>
      {entry && given.kind === 'link' && (
        <section className="inspected-part">
          <h3>Options</h3>
          {given.links.map(({ option }) => (
            <OptionRow key={option} entry={entry} id={option} before={before} made={made} />
          ))}
        </section>
      )}
      <section className="inspected-part">
        <h3>{words.why}</h3>
        <ul className="reasons">
          {drawn.edges.map(({ because }) => (
            <li key={because}>
              <ModuleLink id={from} /> to <ModuleLink id={to} />: {because}
            </li>
          ))}
        </ul>
      </section>
      <section className="inspected-part removal">
        <h3>{words.taking}</h3>
        <p>{refused ?? (then ? follows(selection, then) || words.stays : '')}</p>
        <Button
          label={words.disconnect(titleOf(catalog, from), titleOf(catalog, to))}
          icon="trash"
          look="danger"
          className="small"
          refused={refused}
          onClick={() => perform(disconnect, id)}
          {...shown}
        />
      </section>
    </article>
  );
}
