/** Files, link and zip. */
import { fill } from '#core/fill.ts';
import { copied, link as linkWords, download as words } from '#words/page.ts';
import { defineAction, say, show } from '../store/action.ts';
import { exactCode, linkOf, problemsOf, renderingOf, resolutionOf } from '../store/derive.ts';
import type { State } from '../store/state.ts';
import { getState } from '../store/store.ts';
import * as texts from '../store/texts.ts';
import { whyNotName } from './projects.ts';

/** Loads what the present project is rendered from, if it is not there. */
export const loadTexts = defineAction({
  name: 'Load texts',
  run: async ({ selection, ui }) => {
    const resolution = resolutionOf(selection);
    if (texts.isLoaded(resolution)) return;
    try {
      await texts.load(resolution);
      // Rendered in a task of its own: with what is drawn of it, it would be felt as one wait on a slow machine.
      await pause();
      renderingOf(getState().selection, getState().recorded);
      await pause();
      show({ texts: { loads: getState().ui.texts.loads + 1, failed: false } });
    } catch {
      show({ texts: { ...ui.texts, failed: true } });
    }
  },
});

const pause = (): Promise<void> => new Promise((done) => setTimeout(done));

async function rendered() {
  await loadTexts.run(getState());
  const { selection, recorded } = getState();
  return renderingOf(selection, recorded);
}

/** What the project still lacks for a download, in one sentence. */
function lacks({ selection, recorded, ui }: State): string | undefined {
  const refused = ui.nameDraft === undefined ? undefined : whyNotName(ui.nameDraft, selection);
  if (ui.nameDraft !== undefined && refused !== undefined) return words.name(ui.nameDraft, refused);
  const problems = problemsOf(selection, recorded);
  return problems.length > 0 ? words.problems(problems.length) : undefined;
}

export const download = defineAction({
  name: 'Download zip',
  refuse: (state) => (state.ui.downloading ? words.busy : lacks(state)),
  run: async () => {
    show({ downloading: true });
    try {
      const rendering = await rendered();
      const missing = lacks(getState());
      if (missing || !rendering?.ok) {
        say(missing ?? (rendering?.ok === false ? words.failed(rendering.reason) : words.offline));
        return;
      }
      const { selection, recorded } = getState();
      const { project } = selection;
      const { zip } = await import('#core/zip.ts');
      const filled = fill(rendering.tree, (count) => crypto.getRandomValues(new Uint8Array(count)));
      save(new Blob([(await zip(project, filled)) as BlobPart], { type: 'application/zip' }), `${project}.zip`);
      say(words.done(project), { visible: false });
      // Another project may be on the page by now, and this is not its download.
      if (getState().selection.project === project) show({ downloaded: exactCode(selection, recorded) });
      show({ dialog: { kind: 'next' } });
    } catch {
      say(words.offline);
    } finally {
      show({ downloading: false });
    }
  },
});

export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = Object.assign(document.createElement('a'), { href: url, download: name });
  anchor.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const copyLink = defineAction({
  name: 'Copy link',
  run: async ({ selection }) => {
    await rendered();
    const link = linkOf(selection);
    if (await wrote(link)) say(linkWords.copied);
    else show({ dialog: { kind: 'link', link } });
  },
});

export const copy = defineAction<[text: string, what: string]>({
  name: 'Copy',
  run: async (_, text, what) => {
    if (await wrote(text)) say(copied(what));
    else show({ dialog: { kind: 'link', link: text } });
  },
});

/** Outside secure contexts, or without leave, there is no clipboard. */
async function wrote(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
