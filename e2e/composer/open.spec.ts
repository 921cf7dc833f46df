import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator, Page, TestInfo } from '@playwright/test';
import fc from 'fast-check';
import JSZip from 'jszip';
import { type Composer, expect, test } from './composer.ts';

const base = (page: Page): Locator => page.getByRole('combobox', { name: 'Compare with' });
const files = (page: Page): Locator => page.getByRole('tree', { name: 'Changed files' });

/** Downloads the project of a code, as a person did who comes back with it. */
async function downloaded(composer: Composer, info: TestInfo, code: string): Promise<string> {
  await composer.open(code);
  const [started] = await Promise.all([
    composer.page.waitForEvent('download'),
    composer.button('Download zip').click(),
  ]);
  const path = info.outputPath('shop.zip');
  await started.saveAs(path);
  await composer.page.keyboard.press('Escape');
  return path;
}

/** The same zip after `change`. */
async function changed(path: string, to: string, change: (archive: JSZip) => void): Promise<string> {
  const archive = await JSZip.loadAsync(await readFile(path));
  change(archive);
  const other = join(dirname(path), to);
  await writeFile(other, await archive.generateAsync({ type: 'uint8array', platform: 'UNIX', compression: 'DEFLATE' }));
  return other;
}

/** As from the desktop: the browser makes the events itself. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    if (type === 'dragOver') await expect(page.getByText('Drop a project’s zip')).toBeVisible();
  }
  await expect(page.getByText('Drop a project’s zip')).toHaveCount(0);
}

/** Grown on the command line: the one migration came before the other, as it would not if all were made at once. */
test('a project that has grown is identical, stays so through a reload, and its next zip keeps the order', async ({
  composer,
  page,
}, info) => {
  const historyIn = async (path: string): Promise<{ migration: string[] }> => {
    const text = await (await JSZip.loadAsync(await readFile(path))).file('shop/stackwright.json')?.async('string');
    return JSON.parse(text ?? '{}').history;
  };
  const made = await downloaded(composer, info, 'v1/shop/worker');
  const { migration: first } = await historyIn(made);
  await drop(page, made);
  await expect(composer.notices).toContainText('shop is identical');
  await expect(composer.inspector).toContainText('Its migrations keep the order in which its databases have them.');
  await composer.button('Add Auth').click();
  await composer.tab('Changes').click();
  await expect(base(page)).toHaveValue('opened');
  await expect(files(page).locator('[data-path="app/"]')).toBeVisible();
  for (const path of first) await expect(files(page)).not.toContainText(path);
  await page.waitForTimeout(300);
  await page.reload();
  const [started] = await Promise.all([page.waitForEvent('download'), composer.button('Download zip').click()]);
  const grown = info.outputPath('grown.zip');
  await started.saveAs(grown);
  await page.keyboard.press('Escape');
  const { migration } = await historyIn(grown);
  expect(migration.slice(0, first.length)).toEqual(first);
  expect(migration.length).toBeGreaterThan(first.length);

  await composer.open('v1/other/');
  await drop(page, grown);
  await expect(composer.notices).toContainText(/shop is identical: all its \d+ files are as they are made now/);
});

const WITH_AUTH = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always'];

test('a zip dropped on the page comes back as its graph, in one step, and is identical', async ({
  composer,
  page,
}, info) => {
  const zip = await downloaded(composer, info, 'v1/shop/auth.postgres');
  await page.goto('about:blank');
  await composer.open('v1/other/');
  await drop(page, zip);
  await composer.expectList(...WITH_AUTH);
  await composer.expectCode('v1/shop/auth.postgres');
  await expect(composer.name).toHaveValue('shop');
  await expect(composer.toast).toContainText('Opened shop from its zip');
  await expect(composer.notices).toContainText(/shop is identical: all its \d+ files are as they are made now/);
  await expect(composer.notices.getByRole('button', { name: 'Show the files' })).toHaveCount(0);
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: opened shop from its zip');
  await composer.button('Undo').click();
  await composer.expectCode('v1/other/');
  await composer.button('Redo').click();
  await composer.expectList(...WITH_AUTH);
});

test('a zip edited by hand names the files, and its own are left alone', async ({ composer, page }, info) => {
  const zip = await downloaded(composer, info, 'v1/shop/auth');
  const edited = await changed(zip, 'edited.zip', (archive) => {
    archive.file('shop/README.md', 'Mine now.');
    archive.remove('shop/Makefile');
    archive.file('shop/app/mine.py', 'x = 1\n');
    archive.file('shop/.env', 'SECRET=1\n');
  });
  await composer.button('Open…').click();
  await page.getByLabel('Zip or stackwright.json', { exact: true }).setInputFiles(edited);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(composer.notices).toContainText(/2 of its \d+ files are not as they were made: Makefile and README\.md/);
  await expect(composer.notices).toContainText('It holds 1 file of its own beside them');
  await composer.button('Show the files').click();
  await expect(composer.tab('Changes')).toHaveAttribute('aria-selected', 'true');
  await expect(base(page)).toHaveValue('opened');
  await expect(files(page).getByRole('treeitem')).toHaveCount(2);
  await expect(files(page).getByRole('treeitem').first()).toHaveAccessibleName(/^Makefile added/);
  await files(page)
    .getByRole('treeitem', { name: /^README\.md changed/ })
    .click();
  const lines = page.getByRole('region', { name: 'Differences of README.md' });
  await expect(lines.locator('.diff-code.removed')).toContainText('Mine now.');
  await expect(page.getByRole('tabpanel').getByText('changed by hand', { exact: true })).toBeVisible();

  // What is done next would be a patch to the project as it is, edits and all.
  await composer.button('Add Docker').click();
  await expect(files(page).getByRole('treeitem', { name: /^Dockerfile added/ })).toBeVisible();
  const [saved] = await Promise.all([page.waitForEvent('download'), composer.button('Save the patch').click()]);
  const project = info.outputPath('unzipped');
  for (const entry of Object.values((await JSZip.loadAsync(await readFile(edited))).files)) {
    if (entry.dir) continue;
    const path = join(project, entry.name.replace(/^shop\//, ''));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await entry.async('nodebuffer'), {
      mode: ((entry.unixPermissions as number | null) ?? 0o100644) & 0o777,
    });
  }
  execFileSync('git', ['apply', '--whitespace=nowarn', await saved.path()], {
    cwd: project,
    env: { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: dirname(project) },
  });
  const manifest = await readFile(join(project, 'stackwright.json'), 'utf8');
  expect(manifest.trimEnd()).toBe((await composer.file('stackwright.json')).trimEnd());
  expect(await readFile(join(project, '.env'), 'utf8')).toBe('SECRET=1\n');
});

test('a folder is read by its manifest, and what the manifest does not list is not looked at', async ({
  composer,
  page,
}, info) => {
  const zip = await downloaded(composer, info, 'v1/shop/auth');
  const folder = info.outputPath('shop');
  for (const entry of Object.values((await JSZip.loadAsync(await readFile(zip))).files)) {
    const path = join(folder, entry.name.replace(/^shop\//, ''));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await entry.async('nodebuffer'));
  }
  await writeFile(join(folder, 'README.md'), 'Mine.\n');
  await composer.open('v1/other/');
  await drop(page, folder);
  await composer.expectList(...WITH_AUTH);
  await expect(composer.toast).toContainText('Opened shop from its folder');
  await expect(composer.notices).toContainText(/1 of its \d+ files is not as it was made: README\.md/);
});

test('a pasted manifest of another catalog names the files that are made differently, and what is gone', async ({
  composer,
  page,
}, info) => {
  const zip = await downloaded(composer, info, 'v1/shop/auth');
  const archive = await JSZip.loadAsync(await readFile(zip));
  const manifest = JSON.parse((await archive.file('shop/stackwright.json')?.async('string')) ?? '{}');
  manifest.catalog = '20200101-00000000';
  manifest.code = 'v1/shop/auth.nonsense,gone-since';
  manifest.files['README.md'] = `644 ${'0'.repeat(64)}`;
  manifest.files['app/before.py'] = `644 ${'0'.repeat(64)}`;
  await composer.open('v1/other/');
  await composer.button('Open…').click();
  await page.getByRole('textbox', { name: /^Or paste/ }).fill(JSON.stringify(manifest));
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await composer.expectCode('v1/shop/auth');
  await expect(composer.notices).toContainText('There is no module called “gone-since”; it was left out.');
  await expect(composer.notices).toContainText('Auth has no value “nonsense”; it was left out.');
  await expect(composer.notices).toContainText(
    'It was made with catalog 20200101-00000000. The present one makes 2 files differently: README.md and app/before.py.',
  );
  await composer.button('Show the files').focus();
  await page.keyboard.press('Enter');
  // Only the manifest is there: which files differ is known, and not their lines.
  await expect(files(page).getByRole('treeitem')).toHaveCount(3);
  await expect(files(page).locator('[data-path="app/before.py"]')).toHaveAccessibleName('before.py removed');
  await expect(page.getByRole('tabpanel')).toContainText('Open its zip to see those.');
  await expect(composer.button('Save the patch')).toHaveCount(0);
});

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' });
  test('by keyboard alone: a message with a link in it is opened, and what is no project says so', async ({
    composer,
    page,
  }) => {
    await composer.open();
    await composer.button('Open…').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Open a project' })).toBeVisible();
    const field = page.getByRole('textbox', { name: /^Or paste/ });
    for (let tabs = 0; tabs < 6 && !(await field.evaluate((element) => element.matches(':focus'))); tabs += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.type('nothing of the kind');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('There is no link, share code or stackwright.json in this text.');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Look: <https://example.org/#v1/shop/auth>.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await composer.expectList(...WITH_AUTH);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(composer.button('Open…')).toBeFocused();
    await page.keyboard.press('Enter');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      (async () => {
        await page.getByLabel('Zip or stackwright.json', { exact: true }).focus();
        await page.keyboard.press('Enter');
      })(),
    ]);
    await chooser.setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') });
    await expect(page.getByRole('alert')).toContainText('cannot be read as JSON');
  });
});

test('what is damaged, foreign, empty or too large costs one sentence, and the project stays', async ({
  composer,
  page,
}, info) => {
  const zip = await downloaded(composer, info, 'v1/shop/auth');
  const whole = await readFile(zip);
  const bomb = new JSZip();
  bomb.file('shop/stackwright.json', '0'.repeat(21 * 1024 * 1024));
  const crowd = new JSZip();
  for (let index = 0; index < 5001; index += 1) crowd.file(`shop/${index}`, '');
  const foreign = new JSZip();
  foreign.file('shop/package.json', '{}');
  const bytes = (archive: JSZip): Promise<Buffer> =>
    archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  const cases: [name: string, content: Buffer, says: string][] = [
    ['cut.zip', whole.subarray(0, whole.length / 2), 'The zip is damaged, encrypted or cut short'],
    ['empty.zip', Buffer.alloc(0), 'The file is empty.'],
    ['bomb.zip', await bytes(bomb), 'larger than 20 MB when unpacked'],
    ['crowd.zip', await bytes(crowd), 'more than 5,000 files'],
    ['foreign.zip', await bytes(foreign), 'There is no stackwright.json in it'],
    ['photo.png', Buffer.from([0x89, 0x50, 0xff, 0xfe]), 'neither a zip nor a text'],
    ['package.json', Buffer.from('{"name":"x"}'), 'not the stackwright.json of a project'],
    ['later.json', Buffer.from('{"stackwright":2}'), 'made with a later format'],
    ['deep.json', Buffer.from('['.repeat(500_000)), 'cannot be read as JSON'],
  ];
  for (const [name, content, says] of cases) {
    const path = info.outputPath(name);
    await writeFile(path, content);
    await drop(page, path);
    await expect(composer.notices.getByRole('listitem'), name).toHaveCount(1);
    await expect(composer.notices, name).toContainText(says);
    await composer.expectCode('v1/shop/auth');
  }
  await drop(page, info.outputPath('cut.zip'), info.outputPath('empty.zip'));
  await expect(composer.notices).toContainText('Drop one project at a time.');
  expect(await page.evaluate(() => Object.keys(Object.prototype).length)).toBe(0);
});

test('whatever is pasted, it is a project or one sentence', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  const piece = fc.oneof(
    fc.constantFrom(
      'v1/',
      'v1/shop/auth',
      'v99999/',
      '{',
      '{"stackwright":1,',
      '__proto__',
      '"selection":',
      '//',
      '%',
      '#',
    ),
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const texts = fc.sample(
    fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    { numRuns: 60, seed: 1 },
  );
  const dialog = page.getByRole('dialog');
  for (const text of texts.filter((given) => given.trim() !== '')) {
    if ((await dialog.count()) === 0) await composer.button('Open…').click();
    await page.getByRole('textbox', { name: /^Or paste/ }).fill(text);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    // Either the dialog went with what it took up, or it says in one sentence why it did not.
    await expect
      .poll(
        async () => (await dialog.count()) === 0 || /\.$/.test((await page.getByRole('alert').textContent()) ?? ''),
        {
          message: JSON.stringify(text),
        },
      )
      .toBe(true);
    await expect(composer.name).toHaveValue(/^[a-z][a-z0-9-]+$/);
  }
  expect(await page.evaluate(() => Object.keys(Object.prototype).length + ('polluted' in {} ? 1 : 0))).toBe(0);
});

test.describe('by touch at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  test('a zip is chosen from the menu, and the files that differ fit the screen', async ({ composer, page }, info) => {
    const zip = await downloaded(composer, info, 'v1/shop/auth');
    const edited = await changed(zip, 'edited.zip', (archive) => archive.file('shop/README.md', 'Mine.\n'));
    await composer.button('More').tap();
    await composer.button('Open a project').tap();
    await page.getByLabel('Zip or stackwright.json', { exact: true }).setInputFiles(edited);
    await composer.button('Show the files').tap();
    await expect(files(page)).toContainText('README.md');
    await expect(page.getByRole('region', { name: 'Differences of README.md' })).toContainText('Mine.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
