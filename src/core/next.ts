/**
 * What comes after unpacking a project, read off the README inside it: one source for the page, the command
 * line and the project itself.
 */
import type { FileTree } from './tree.ts';

export interface NextStep {
  /** The README's heading above the lines, as it stands there. */
  readonly title: string;
  /** For a shell in the project's folder; never empty. */
  readonly lines: readonly string[];
}

const README = 'README.md';
/** What the steps lead to; whatever the README shows behind it is for a running app. */
const LAST = 'make serve';

/** Where the app that was started answers, as the README says. */
export function answersAt(tree: FileTree): string | undefined {
  const { content = '' } = tree.find(({ path }) => path === README) ?? {};
  return /<(https?:\/\/[^>\s]+)>/.exec(content.slice(content.indexOf(`\n${LAST}\n`)))?.[1];
}

/** The shell blocks of the README in its order, up to the one that starts the app; none where none does. */
export function nextSteps(tree: FileTree): readonly NextStep[] {
  const steps: NextStep[] = [];
  let title = '';
  let block: { readonly shell: boolean; readonly lines: string[] } | undefined;
  for (const line of (tree.find(({ path }) => path === README)?.content ?? '').split('\n')) {
    const fence = /^```(\w*)/.exec(line);
    if (!block) {
      if (fence) block = { shell: fence[1] === 'sh', lines: [] };
      else title = /^## (.*)$/.exec(line)?.[1] ?? title;
    } else if (fence) {
      if (block.shell && block.lines.length > 0) steps.push({ title, lines: block.lines });
      if (block.shell && block.lines.includes(LAST)) return steps;
      block = undefined;
    } else if (line !== '') block.lines.push(line);
  }
  return [];
}
