/** One preset: what it is for, and what stands in it. */
import { list } from '#words/en.ts';
import { presets as words } from '#words/presets.ts';
import type { Preset } from '../../catalog.ts';
import { contentsOf } from '../store/presets.ts';

export function PresetItem({ preset, open }: { preset: Preset; open: () => void }) {
  const modules = contentsOf(preset).map(({ module }) => module);
  return (
    <button type="button" className="preset" onClick={open}>
      <span className="preset-title">{preset.title}</span>
      <span className="preset-summary">{preset.summary}</span>
      <span className="sr">{words.contains(list(modules.map(({ title }) => title)))}</span>
      <span className="preset-chips" aria-hidden="true">
        {modules.map(({ id, kind, title }) => (
          <span key={id} className={`chip kind-${kind}`}>
            {title}
          </span>
        ))}
      </span>
    </button>
  );
}
