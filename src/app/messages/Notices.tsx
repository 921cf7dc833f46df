/** What a link said that could not be taken up; named, and never in the way. */
import { compared } from '#words/open.ts';
import { notices as words } from '#words/page.ts';
import { showOpened } from '../actions/changes.ts';
import { dismissNotices } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

export function Notices() {
  const notices = useComposer((state) => state.ui.notices);
  const hasFiles = useComposer((state) => state.ui.differs === true);
  if (notices.length === 0) return null;
  return (
    <section className="strip notices" aria-label="Notices" aria-live="polite">
      <Icon name="info" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <ul className="scroll" aria-label={words.title} tabIndex={0}>
        {notices.map((notice, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat and never move
          <li key={index}>{notice}</li>
        ))}
      </ul>
      {hasFiles && (
        <Button label={compared.show} look="plain" className="small notice-files" onClick={() => perform(showOpened)} />
      )}
      <Button
        label="Dismiss notices"
        icon="close"
        bare
        look="quiet"
        className="small"
        onClick={() => perform(dismissNotices)}
      />
    </section>
  );
}
