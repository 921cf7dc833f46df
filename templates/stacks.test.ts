/** Whole stacks as they are drawn, kept in docs/stacks.md for a person to look over when they change. */
import { expect, test } from 'vitest';
import { architecture, dependencies, mermaidText } from '#core/diagrams.ts';
import { resolve } from '#core/resolve.ts';
import { decode } from '#core/share.ts';
import { catalog } from '../src/catalog.ts';

const STACKS = [
  { title: 'An internal tool', code: 'v1/back-office/auth.rbac' },
  {
    title: 'Software as a service',
    code: 'v1/many-houses/auth.postgres.org.oauth,github,scheduler.database.worker,worker',
  },
  { title: 'Work in the background', code: 'v1/night-shift/database.postgres,scheduler.worker,worker' },
];

test('three stacks are drawn as they were when somebody last looked at them', async () => {
  const parts = STACKS.map(({ title, code }) => {
    const { selection, notices } = decode(catalog, code);
    const resolution = resolve(catalog, selection);
    expect({ notices, problems: resolution.problems }).toEqual({ notices: [], problems: [] });
    const drawn = (lines: ReturnType<typeof architecture>): string => `\`\`\`mermaid\n${mermaidText(lines)}\`\`\`\n`;
    return [
      `## ${title}\n\n\`${code}\`\n`,
      `What it consists of:\n\n${drawn(architecture(resolution))}`,
      `What brings what, and why:\n\n${drawn(dependencies(resolution))}`,
    ].join('\n');
  });
  const head =
    '# Three stacks\n\nAs the composer draws them. `npm run check` says when a change redraws one; `npx vitest run templates/stacks.test.ts --update` takes it up.\n';
  await expect([head, ...parts].join('\n')).toMatchFileSnapshot('../docs/stacks.md');
});
