/** Every step by name, the newest first, those that were undone among them; choosing one goes there. */
import { steps as words } from '#words/history.ts';
import { goTo } from '../actions/history.ts';
import { perform } from '../store/action.ts';
import { getState, useComposer } from '../store/store.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';

export function stepItems(): MenuItem[] {
  const { past, future } = getState().history;
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
  const isEmpty = useComposer(({ history }) => history.past.length + history.future.length === 0);
  return (
    <MenuButton
      label={words.button}
      title={words.title}
      icon="chevron"
      className="steps"
      refused={isEmpty ? words.none : undefined}
      items={stepItems}
    />
  );
}
