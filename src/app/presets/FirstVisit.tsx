/** On the first visit three presets stand beside the starter, until the person does anything at all. */
import './presets.css';
import { presets as words } from '#words/presets.ts';
import { presets } from '../../catalog.ts';
import { dismissPresets, openPreset } from '../actions/presets.ts';
import { perform } from '../store/action.ts';
import { isFirstVisit } from '../store/presets.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

/** Its first sentence: what the preset is for. */
const gist = (summary: string): string => summary.split(/(?<=\.) /, 1)[0] ?? summary;

export function FirstVisit() {
  const isFirst = useComposer(isFirstVisit);
  if (!isFirst) return null;
  return (
    <section className="first-visit" aria-label={words.first}>
      <div className="first-visit-head">
        <p>{words.what}</p>
        <Button
          label={words.dismiss}
          icon="close"
          bare
          look="quiet"
          className="small"
          onClick={() => perform(dismissPresets)}
        />
      </div>
      <h3 className="pane-title">{words.first}</h3>
      <ul>
        {presets.slice(1, 4).map((preset) => (
          <li key={preset.id}>
            <button type="button" className="preset" onClick={() => perform(openPreset, preset)}>
              <span className="preset-title">{preset.title}</span>
              <span className="preset-summary">{gist(preset.summary)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
