/** Says that a newer build of the page is there; it waits until the person wants it. */
import { newVersion as words } from '#words/offline.ts';
import { dismissVersion, takeVersion } from '../actions/offline.ts';
import { perform } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

export function NewVersion() {
  const isThere = useComposer((state) => state.ui.newVersion);
  return (
    // There before its sentence is, or a screen reader would not say it.
    <div className={isThere ? 'news' : 'sr'} aria-live="polite">
      {isThere && (
        <section className="strip new-version" aria-label={words.region}>
          <Icon name="info" />
          <p>{words.ready}</p>
          <Button label={words.reload} icon="reset" className="small" onClick={() => perform(takeVersion)} />
          <Button
            label={words.later}
            icon="close"
            bare
            look="quiet"
            className="small"
            onClick={() => perform(dismissVersion)}
          />
        </section>
      )}
    </div>
  );
}
