/** The drawn schema is the one of the models: the same tables, columns, keys and references. */
import { expect, test } from 'vitest';
import type { Subject } from '../subject.ts';

type Schema = Record<string, Record<string, string[]>>;

export function schemaGate(subject: Subject): void {
  test('the tables in its documents are those of its models', async () => {
    const drawn = readSchema(subject.project.read('docs/auth.md'));
    const models = await subject.project.probe<Schema>('schema');
    expect(drawn).toEqual(models);
    expect(Object.keys(models).length).toBeGreaterThan(5);
  });
}

/** @param text a document with one Mermaid `erDiagram` in it */
function readSchema(text: string): Schema {
  const schema: Schema = {};
  const lines = (/^erDiagram\n(.*?)^```/ms.exec(text)?.[1] ?? '').split('\n');
  let columns: Record<string, string[]> = {};
  for (const line of lines) {
    const [, table] = /^ {2}(\w+) \{$/.exec(line) ?? [];
    if (table !== undefined) schema[table] = columns = {};
    const [, field = '', keys = ''] = /^ {4}\w+ (\w+)(?: (.*))?$/.exec(line) ?? [];
    if (field) columns[field] = keys.split(', ').filter((key) => /^[PU]K$/.test(key));
  }
  for (const line of lines) {
    const [, to = '', from = '', field = ''] = /^ {2}(\w+) \|\|--o\{ (\w+) : (\w+)$/.exec(line) ?? [];
    if (to) schema[from]?.[field]?.unshift(`FK ${to}`);
  }
  return schema;
}
