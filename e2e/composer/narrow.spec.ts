/** What a telephone shows of graph, messages and tools. */
import type { Page } from '@playwright/test';
import { expect, test } from './composer.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

const WITH_AUTH = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always'];

/** What of the graph does not lie whole within its pane, or lies under the tools. */
const outside = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const pane = document.querySelector('.canvas')?.getBoundingClientRect();
    const tools = document.querySelector('.canvas-tools')?.getBoundingClientRect();
    if (!pane || !tools || tools.height === 0) return ['there is no pane or no tools'];
    return [...document.querySelectorAll('.lane, .lane-title, .react-flow__node')]
      .map((element) => ({ what: element.textContent ?? '', box: element.getBoundingClientRect() }))
      .filter(
        ({ box }) =>
          box.left < tools.right - 1 ||
          box.top < pane.top - 1 ||
          box.right > pane.right + 1 ||
          box.bottom > pane.bottom + 1,
      )
      .map(({ what }) => what);
  });

test('at 390 px the whole graph is fitted, first and after an addition, beside its tools in every pane', async ({
  composer,
  page,
}) => {
  await composer.open();
  await expect(composer.graph.locator('.lane-title')).toHaveText(['Services', 'Components', 'Platform services']);
  await expect.poll(() => outside(page)).toEqual([]);
  await composer.button('Add Auth').tap();
  await composer.expectList(...WITH_AUTH);
  await expect.poll(() => outside(page)).toEqual([]);
  for (const go of [composer.button('Inspector'), composer.tab('Files'), composer.tab('Diagram')]) {
    await go.tap();
    for (const tool of ['Zoom in', 'Zoom out', 'Fit', 'Tidy']) await expect(composer.button(tool)).toBeVisible();
    await expect.poll(() => outside(page)).toEqual([]);
  }
});

test('a view that the person moved stays theirs when a module comes, until Fit', async ({ composer, page }) => {
  await composer.open();
  const zoom = (): Promise<number> =>
    page
      .locator('.react-flow__viewport')
      .evaluate((element) => new DOMMatrixReadOnly(getComputedStyle(element).transform).a);
  const settled = async (): Promise<number> => {
    await page.waitForTimeout(500);
    return zoom();
  };
  await composer.button('Zoom out').tap();
  const chosen = await settled();
  await composer.button('Add Auth').tap();
  await composer.expectList(...WITH_AUTH);
  expect(await settled()).toBeCloseTo(chosen, 3);
  await composer.button('Fit').tap();
  expect(await settled()).not.toBeCloseTo(chosen, 3);
  await expect.poll(() => outside(page)).toEqual([]);
});

test('the message goes with a change of tab', async ({ composer }) => {
  await composer.open();
  for (const go of [composer.button('Inspector'), composer.tab('Files')]) {
    await composer.button('Modules').tap();
    await composer.button('Add Auth').tap();
    await expect(composer.toast).toContainText('Added Auth');
    await go.tap();
    await expect(composer.toast).toHaveCount(0, { timeout: 2000 });
    await composer.button('Undo').tap();
  }
});

test('the tools of the diagram are one line at 390 px, whatever it is called', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await composer.tab('Diagram').tap();
  // A select is as wide as its longest title, and those come with the modules' texts.
  await expect(page.getByRole('combobox', { name: 'Which diagram' })).toContainText('rotation of the refresh token');
  await expect(page.getByRole('img', { name: /^Diagram/ })).toBeVisible({ timeout: 20_000 });
  const middles = await page.locator('.pane-tools :is(select, button)').evaluateAll((tools) =>
    tools.map((tool) => {
      const { top, height } = tool.getBoundingClientRect();
      return Math.round(top + height / 2);
    }),
  );
  expect(middles).toHaveLength(5);
  expect(new Set(middles).size).toBe(1);
  expect((await composer.button('Save SVG').boundingBox())?.width).toBeLessThan(70);
});

test('all steps are listed in More, and a tap goes to one of them', async ({ composer, page }) => {
  await composer.open();
  await composer.button('More').tap();
  await expect(composer.button('All steps')).toHaveAccessibleDescription('Nothing has been done yet.');
  await page.keyboard.press('Escape');
  await composer.button('Add Auth').tap();
  await composer.button('Add Cache').tap();
  await composer.button('More').tap();
  await composer.button('All steps').tap();
  const steps = page.getByRole('dialog', { name: 'Steps, the newest first' }).getByRole('listitem');
  await expect(steps).toHaveText(['Added Cachenow', 'Added Auth', 'The beginning']);
  await steps.getByRole('button', { name: 'Added Auth' }).tap();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await composer.expectList(...WITH_AUTH);

  // By keyboard, and forward again.
  await composer.button('More').focus();
  await page.keyboard.press('Enter');
  await composer.button('All steps').focus();
  await page.keyboard.press('Enter');
  await expect(steps.getByRole('button', { name: /^Added Auth/ })).toHaveAttribute('aria-current', 'step');
  await expect(steps.first()).toContainText('undone');
  await steps.first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(composer.node('Cache')).toBeVisible();
});

test('a problem and all its repairs stand whole over a graph that can still be seen', async ({ composer, page }) => {
  await composer.open('v1/shop/auth.cache,+cache.memory');
  const repairs = composer.problems.getByRole('list').getByRole('button');
  await expect(repairs).toHaveCount(3);
  for (const go of ['Modules', 'Inspector'] as const) {
    await composer.button(go).tap();
    await expect(repairs.last()).toBeInViewport({ ratio: 1 });
    expect((await page.locator('.canvas').boundingBox())?.height).toBeGreaterThan(150);
  }
  await repairs.last().tap();
  await expect(composer.problems).toHaveCount(0);
});

test('a menu of the bar lies over the notices', async ({ composer, page }) => {
  await composer.open('v1/x/auth,zzz');
  await expect(composer.notices).toBeVisible();
  await composer.button('Projects').tap();
  await page.getByRole('menuitem', { name: 'New project' }).tap();
  await composer.expectList('Backend, always', 'Frontend, always');
});

test('at 320 px nothing sticks out', async ({ composer, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await composer.open('v1/my-app/auth');
  expect(await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth])).toEqual([320, 320]);
});

test('lying, the graph stands beside the pane: all of it, and a text that can be read', async ({ composer, page }) => {
  await composer.open('v1/shop/auth.postgres,cache,dashboard,scheduler,worker');
  await composer.tab('Files').tap();
  for (const size of [
    { width: 844, height: 390 },
    { width: 915, height: 412 },
  ]) {
    await page.setViewportSize(size);
    await composer.button('Fit').tap();
    await expect.poll(() => outside(page)).toEqual([]);
    const text = await page.getByRole('region', { name: 'Text of README.md' }).boundingBox();
    expect(text?.height).toBeGreaterThan(80);
    const pane = await page.locator('.canvas').boundingBox();
    expect(pane?.height).toBeGreaterThan(200);
  }
});

/** Controls that stick out to a side, where no scrolling brings them in. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, textarea')]
      .filter((control) => control.checkVisibility() && !control.closest('.selected-list'))
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.left < 0 || box.right > innerWidth))
      .map(({ control }) => control.getAttribute('aria-label') ?? control.textContent ?? control.tagName),
  );

test('lying, every pane and dialog has its tools at hand', async ({ composer, page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await composer.open('v1/shop/auth.postgres,cache,dashboard');
  expect(await cut(page)).toEqual([]);
  for (const name of ['Files', 'Changes', 'Diagram', 'Command'] as const) {
    await composer.tab(name).tap();
    await expect(page.getByRole('tabpanel', { name })).toBeVisible();
    expect(await cut(page), name).toEqual([]);
  }
  await composer.button('Inspector').tap();
  await expect(composer.inspector).toBeVisible();
  expect(await cut(page)).toEqual([]);
  const dialog = page.getByRole('dialog');
  for (const name of ['Open a project', 'Share', 'Keyboard shortcuts']) {
    await composer.button('More').tap();
    await composer.button(name).tap();
    await expect(dialog).toHaveAccessibleName(name === 'Share' ? 'Share shop' : name);
    expect(await cut(page), name).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).tap();
    await expect(dialog).toHaveCount(0);
  }
});

test('a command breaks between its words and behind commas, and is copied as it is', async ({ composer, page }) => {
  await composer.open('v1/shop/auth.postgres,cache,dashboard,observability,scheduler,worker');
  await composer.tab('Command').tap();
  const code = page.getByRole('tabpanel', { name: 'Command' }).locator('.code-line').first();
  await expect(code).toHaveText(
    'stackwright init shop --services auth.postgres --components cache,dashboard,observability,scheduler,worker',
  );
  const broken = await code.locator('.command-word').evaluateAll((words) => {
    const [line] = words.map((word) => word.getBoundingClientRect().height);
    return words
      .filter((word) => word.getBoundingClientRect().height > 1.5 * (line ?? 0))
      .map((word) => word.textContent);
  });
  expect(broken).toEqual(['cache,dashboard,observability,scheduler,worker']);
  expect(await code.evaluate((element: HTMLElement) => element.innerText.split('\n').length)).toBe(1);
});

for (const [layout, viewport] of [
  ['390 px', { width: 390, height: 844 }],
  ['wide', { width: 1440, height: 900 }],
] as const) {
  test(`${layout}, a font of twice the size cuts no name of a node or tab`, async ({ composer, page }) => {
    await page.setViewportSize(viewport);
    await composer.open('v1/shop/auth.postgres,cache');
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '32px';
    });
    await composer.button('Fit').tap();
    const sticking = page.locator('.card-title, .results-tabs [role="tab"], .pane-switch button').evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility())
        .filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => one.textContent),
    );
    expect(await sticking).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}

test('Fit shows all of a large project on a small telephone; what stands on an edge is as large as a finger', async ({
  composer,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await composer.open('v1/my-app/auth.org,scheduler.worker,worker');
  for (const go of [composer.tab('Files'), composer.tab('Changes'), composer.button('Modules')]) {
    await go.tap();
    await composer.button('Fit').tap();
    await expect.poll(() => outside(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await composer.graph.locator('.react-flow__edge.link').first().dispatchEvent('click');
  const cut = composer.graph.getByRole('button', { name: /^Disconnect/ });
  await expect(cut).toBeVisible();
  await expect.poll(async () => Math.round((await cut.boundingBox())?.width ?? 0)).toBeGreaterThanOrEqual(24);
  expect((await cut.boundingBox())?.height).toBeGreaterThanOrEqual(24);
});

test('with the keyboard up, nothing of a pane lies over the bar', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth.org,scheduler.worker,worker');
  await composer.tab('Files').tap();
  await expect(page.locator('.file-text')).toBeVisible();
  for (const height of [400, 360]) {
    await page.setViewportSize({ width: 390, height });
    await expect
      .poll(() =>
        page.evaluate(() =>
          [...document.querySelectorAll('.results-tabs [role=tab]')]
            .map((tab) => {
              const { x, y, width, height } = tab.getBoundingClientRect();
              return [0.2, 0.5, 0.8].map((part) => document.elementFromPoint(x + width / 2, y + height * part));
            })
            .flatMap((hits) => hits.map((hit) => hit?.closest('[role=tab]') !== null)),
        ),
      )
      .not.toContain(false);
  }
});

test('a menu goes when the telephone is turned', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await composer.node('Auth').dispatchEvent('contextmenu', { clientX: 150, clientY: 300 });
  await expect(page.getByRole('menu', { name: 'Auth' })).toBeVisible();
  await page.setViewportSize({ width: 844, height: 390 });
  await expect(page.getByRole('menu', { name: 'Auth' })).toHaveCount(0);
});
