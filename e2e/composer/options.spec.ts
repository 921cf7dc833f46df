import { expect, test } from './composer.ts';

test('an option is set, shows in the files, and goes back to its default', async ({ composer }) => {
  await composer.open('v1/my-app/database');
  await composer.node('Database').click();
  const postgres = composer.inspector.getByRole('radio', { name: /PostgreSQL/ });
  await postgres.check();
  await composer.expectCode('v1/my-app/database.postgres');
  await expect(composer.node('Database')).toContainText('PostgreSQL');
  await expect(composer.inspector).toContainText('Set by you.');
  expect(await composer.file('pyproject.toml')).toContain('asyncpg');
  await composer.button('Set Engine back to default').click();
  await composer.expectCode('v1/my-app/database');
  await expect(composer.inspector.getByRole('radio', { name: /SQLite/ })).toBeChecked();
});

test('a demand says who asks, and against what was said it offers repairs, one click each', async ({ composer }) => {
  await composer.open('v1/my-app/auth.postgres');
  await composer.node('Database').click();
  await expect(composer.inspector).toContainText('Auth asks for PostgreSQL');
  await composer.inspector.getByRole('radio', { name: /SQLite/ }).check();
  await expect(composer.problems).toContainText('Database’s Engine is set to SQLite, but Auth needs PostgreSQL');
  await expect(composer.button('Download zip')).toHaveAttribute('aria-disabled', 'true');
  await composer.button('Download zip').press('Enter');
  await expect(composer.toast).toContainText('One problem has to be settled before the download.');
  await composer.button('Set Database’s Engine to PostgreSQL').click();
  await expect(composer.problems).toHaveCount(0);
  await expect(composer.button('Download zip')).not.toHaveAttribute('aria-disabled');
  await composer.button('Undo').click();
  await expect(composer.problems).toBeVisible();
});

test('what a person types stays text in every file, and in the link', async ({ composer, browser }) => {
  await composer.open();
  const text = `He said "it's {{fine}}" ]]> $(rm -rf /) \`x\` <script>alert(1)</script>\nnext line 🚀`;
  const field = composer.inspector.getByRole('textbox', { name: 'Description' });
  await field.fill(text);
  expect(await composer.file('pyproject.toml')).toContain('$(rm -rf /)');
  expect(await composer.file('README.md')).not.toContain('<script>');
  const other = await browser.newPage();
  await other.goto(composer.page.url());
  await expect(
    other.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'Description' }),
  ).toHaveValue(text);
  await other.close();
});

test('a text that is refused stays in the field with the reason, and out of the project', async ({ composer }) => {
  await composer.open();
  const field = composer.inspector.getByRole('textbox', { name: 'Description' });
  await field.fill('x'.repeat(301));
  await expect(composer.inspector).toContainText('This takes at most 300 characters.');
  await composer.expectCode('v1/my-app/');
});

test('a text of a certain form says what would work, and takes it', async ({ composer }) => {
  await composer.open('v1/my-app/ingress');
  await composer.node('Ingress').click();
  const field = composer.inspector.getByRole('textbox', { name: 'Domain' });
  await field.fill('https://shop.example.org');
  await expect(composer.inspector).toContainText('This takes a host name in lower case, such as app.example.com.');
  await composer.expectCode('v1/my-app/ingress');
  await field.fill('shop.example.org');
  await composer.expectCode('v1/my-app/ingress.domain=shop_2eexample_2eorg');
});

test('the project name shows its rule while one types, and a wrong one is not taken up', async ({ composer }) => {
  await composer.open();
  await composer.name.fill('My App');
  await expect(composer.page.locator('.name-rule')).toContainText('A project name has 2 to 50');
  await expect(composer.live).toContainText('A project name has 2 to 50');
  await composer.expectCode('v1/my-app/');
  await expect(composer.button('Download zip')).toHaveAttribute('aria-disabled', 'true');
  await composer.button('Take my-app').click();
  await expect(composer.name).toHaveValue('my-app');
  await composer.name.fill('shop');
  await composer.expectCode('v1/shop/');
  await composer.name.fill('fastapi');
  await expect(composer.page.locator('.name-rule')).toContainText('fastapi is the name of a package');
  await expect(composer.live).toContainText('fastapi is the name of a package');
  await composer.expectCode('v1/shop/');
});

test('a refused name is named in the refusal, whose message leaves the tools of the graph free', async ({
  composer,
}) => {
  await composer.page.setViewportSize({ width: 1280, height: 720 });
  await composer.open();
  await composer.name.fill('My App');
  await composer.button('Download zip').press('Enter');
  await expect(composer.toast).toContainText('“My App” cannot be the project’s name. A project name has 2 to 50');
  const [toast, tools] = await Promise.all([
    composer.toast.boundingBox(),
    composer.graph.getByRole('toolbar').boundingBox(),
  ]);
  if (!toast || !tools) throw new Error('no message or no tools');
  expect(
    toast.x >= tools.x + tools.width || toast.y >= tools.y + tools.height || toast.y + toast.height <= tools.y,
  ).toBe(true);
});

test('with a problem, the page promises nothing that the command line refuses', async ({ composer, page }) => {
  const figures = composer.inspector.locator('.figures');
  const panel = page.getByRole('tabpanel');
  await composer.open('v1/shop/auth.postgres,+database.sqlite');
  await expect(composer.problems).toBeVisible();
  await composer.tab('Command').click();
  await expect(panel).toContainText('the command line refuses it and writes nothing');
  await expect(panel).not.toContainText('stackwright init');
  await expect(figures).not.toContainText('Project hash');
  await expect(composer.inspector).not.toContainText('gets these files');
  await expect(page.locator('.results-sum')).toHaveText('1 problem to settle');
  await composer.button('Set Database’s Engine to PostgreSQL').click();
  await expect(panel).toContainText('stackwright init shop --services auth.postgres');
  await expect(panel).toContainText('npm run --silent stackwright --');
  await expect(figures).toContainText('Project hash');
  await expect(composer.inspector).toContainText('gets these files, byte for byte');
});
