/** Every combination, read by the tools of the formats themselves; nothing is installed or started. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ProjectFile } from '#core/tree.ts';
import { temporaryFolder } from '../support/paths.ts';
import { FORMATS, type Mistake } from './static/formats.ts';
import { groupsOf, projects, write } from './static/rendered.ts';

const folder = temporaryFolder('static');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = ({ path, content }: ProjectFile, { file, what }: Mistake): boolean =>
  path.endsWith(file) && what.test(content);
const spoiled = (entry: ProjectFile, mistake: Mistake): ProjectFile =>
  has(entry, mistake) ? { ...entry, content: entry.content.replace(mistake.what, mistake.by) } : entry;

describe.each(FORMATS)('$name', (format) => {
  const place = join(folder, format.name.replaceAll(' ', '-'));
  const groups = groupsOf(format.isOne, format.together);

  test('of every combination have nothing that their tools find', async () => {
    expect(groups.length).toBeGreaterThan(0);
    console.info(`${format.name}: ${groups.length} different ones in ${projects.length} projects`);
    const written = groups.map((group, index) => write(group, join(place, String(index))));
    const found = await format.faults(written);
    const named = written.filter((one) => found.includes(`${one.folder}/`) || found.includes(`${one.folder}:`));
    expect(found, named.map((one) => `${one.folder} is of ${one.project}`).join('\n')).toBe('');
  });

  test.each(format.mistakes)('that are broken are found: $name in $file', async (mistake) => {
    const good = groups.find(({ files }) => files.some((file) => has(file, mistake)));
    if (!good) throw new Error(`no ${mistake.file} has ${mistake.what}`);
    const at = (name: string): string => join(place, `${name}-${mistake.name.replaceAll(' ', '-')}`);
    const broken = write({ ...good, files: good.files.map((file) => spoiled(file, mistake)) }, at('broken'));
    const found = await format.faults([write(good, at('good')), broken]);
    expect(found).toContain(broken.folder);
  });
});
