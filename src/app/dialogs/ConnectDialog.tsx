/** Every module that one can use, with what each edge would do: the way to connect without aiming. */
import { isLinked, joining, type Link, linksFrom } from '#core/links.ts';
import type { ModuleId } from '#core/module.ts';
import { edges as words } from '#words/edges.ts';
import { optionTitle, titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { connect, follows } from '../actions/edges.ts';
import { setOption } from '../actions/modules.ts';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { resolutionOf } from '../store/derive.ts';
import { useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Icon } from '../ui/Icon.tsx';
import { Modal } from './Modal.tsx';

export function ConnectDialog({ module }: { module: ModuleId }) {
  return (
    <Modal title={words.connectTitle(titleOf(catalog, module))}>
      <ul className="targets">
        {linksFrom(catalog, module).map((link) => (
          <Target key={`${link.option} ${link.to}`} link={link} />
        ))}
      </ul>
    </Modal>
  );
}

function Target({ link }: { link: Link }) {
  const { from, option, to } = link;
  const selection = useSelection();
  const resolution = resolutionOf(selection);
  const isOn = isLinked(catalog, resolution, link);
  const given = joining(catalog, resolution, from, to);
  const next = given.kind === 'link' ? given.selection : undefined;
  const shown = usePreview(() => next);
  const target = catalog.modules.get(to);
  const declared = catalog.modules.get(from)?.options?.[option];
  return (
    <li>
      <button
        type="button"
        className={`target-row kind-${target?.kind ?? ''}`}
        aria-pressed={isOn}
        onClick={() => {
          perform(closeDialog);
          if (isOn) perform(setOption, from, option, undefined);
          else perform(connect, from, to);
        }}
        {...shown}
      >
        <span className="card-icon">{target && <Icon name={target.kind} size={15} />}</span>
        <span className="target-text">
          <strong>{titleOf(catalog, to)}</strong>
          <span>
            {optionTitle(catalog, from, option)}. {declared?.summary} {next && follows(selection, next)}
          </span>
        </span>
        {isOn && <span className="badge added">{words.on}</span>}
      </button>
    </li>
  );
}
