/** What can be done with a node: by right click, long press, or the menu key. */
import { linksFrom } from '#core/links.ts';
import type { ModuleId } from '#core/module.ts';
import { commands } from '#words/commands.ts';
import { noLinks, edges as words } from '#words/edges.ts';
import { titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { remove } from '../actions/modules.ts';
import { inspect, openDialog, openMenu } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { removal } from '../store/leaving.ts';
import { getState, useComposer } from '../store/store.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';

export function NodeMenu() {
  const menu = useComposer((state) => state.ui.menu);
  if (!menu) return null;
  return (
    <Menu
      key={menu.module}
      label={titleOf(catalog, menu.module)}
      at={menu.at}
      items={itemsFor(menu.module)}
      close={() => perform(openMenu, undefined)}
    />
  );
}

function itemsFor(id: ModuleId): MenuItem[] {
  const state = getState();
  const title = titleOf(catalog, id);
  const refused = remove.refuse?.(state, id);
  const going = refused === undefined ? removal(state.selection, id) : undefined;
  const isLoose = linksFrom(catalog, id).length === 0;
  return [
    { id: 'inspect', label: commands.inspect(title), icon: 'sliders', run: () => perform(inspect, id) },
    {
      id: 'connect',
      label: words.connectTo,
      icon: 'link',
      refused: isLoose ? noLinks(catalog, id) : undefined,
      run: () => perform(openDialog, { kind: 'connect', module: id }),
    },
    {
      id: 'remove',
      label: commands.remove(title),
      icon: 'trash',
      refused,
      ...(going ? { detail: going.words, next: () => going.then } : {}),
      run: () => perform(remove, id),
    },
  ];
}
