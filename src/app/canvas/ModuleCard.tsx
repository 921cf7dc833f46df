/** A module on the graph. How it is in shows in its edge, its badge and in words. */
import type { NodeProps } from '@xyflow/react';
import type { ResolvedModule } from '#core/resolve.ts';
import { standing, valueTitle } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { Icon } from '../ui/Icon.tsx';
import { ConnectHandle } from './ConnectHandle.tsx';
import type { ModuleNode } from './nodes.ts';

/** What was said or asked for about it; where nothing was, its category. */
function subtitle({ module, options, origins }: ResolvedModule): string {
  const values = Object.entries(module.options ?? {}).flatMap(([id, option]) => {
    const value = options[id];
    if (value === undefined || value === false || option.kind === 'text' || origins[id]?.kind === 'default') return [];
    return [option.kind === 'choice' ? valueTitle(catalog, module.id, id, value) : option.title];
  });
  const category = catalog.categories.find(({ id }) => id === module.category);
  return values.length > 0 ? values.join(' · ') : (category?.title ?? '');
}

export function ModuleCard({ data, selected }: NodeProps<ModuleNode>) {
  const { entry, inTrouble } = data;
  const how = standing(entry.reasons);
  return (
    <div className={`card kind-${entry.module.kind} ${how} ${selected ? 'picked' : ''} ${inTrouble ? 'troubled' : ''}`}>
      <span className="card-icon">
        <Icon name={inTrouble ? 'warning' : entry.module.kind} size={15} />
      </span>
      <span className="card-text">
        <span className="card-row">
          <span className="card-title">{entry.module.title}</span>
          <span className={`badge ${how}`}>{how}</span>
        </span>
        <span className="card-sub">{subtitle(entry)}</span>
      </span>
      <ConnectHandle module={entry.module} />
    </div>
  );
}
