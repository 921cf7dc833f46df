/** Every step by name, the newest first, those that were undone among them; choosing one goes there. */
import { steps as words } from '#words/history.ts';
import { goTo, listSteps } from '../actions/history.ts';
import { perform, useRefusal } from '../store/action.ts';
import type { History } from '../store/state.ts';
import { getState } from '../store/store.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';

export function stepItems({ past, future }: History): MenuItem[] {
  const names = [words.beginning, ...[...past, ...[...future].reverse()].map(({ name }) => name)];
  const items = names.map((label, done): MenuItem => {
    const isNow = done === past.length;
    return {
      id: String(done),
      label,
      checked: isNow,
      ...(isNow ? { detail: words.now } : done > past.length ? { detail: words.undone } : {}),
      run: () => perform(goTo, done),
    };
  });
  return items.reverse();
}

export function Steps() {
  const refused = useRefusal(listSteps);
  return (
    <MenuButton
      label={words.button}
      title={words.title}
      icon="chevron"
      className="steps"
      refused={refused}
      items={() => stepItems(getState().history)}
    />
  );
}
