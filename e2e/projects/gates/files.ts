/** What the files say, before anything runs. */
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { type Project, stackwright } from '../project.ts';
import type { Subject } from '../subject.ts';

const OUR_OWN =
  /\{\{\s*[#/^>!]?\s*(?:project|option|plan|own|this|if|each|unless|py|toml|yaml|json|sh|env|md|comment|code|line|secret|is)\b/;
const UNFINISHED = /\b(?:TODO|FIXME|XXX|HACK|NotImplementedError|lorem ipsum)\b/i;
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f\ue000-\uf8ff\ufeff]/;
/** Each switches off more than the line that needs it. */
const BLANKET_MUTES: readonly RegExp[] = [
  /#\s*type:\s*ignore(?!\[)/,
  /#\s*noqa(?!:)/,
  /#\s*ruff:\s*noqa/,
  /#\s*mypy:\s*(?:ignore|disable)/,
  /#\s*pragma:\s*no cover/,
  /#\s*fmt:\s*(?:off|skip)/,
  /ignore_errors\s*=\s*true/,
  /ignore_missing_imports\s*=\s*true/,
  /disable_error_code\s*=/,
  /^\s*ignore\s*=\s*\[/m,
];

export function filesGate(subject: Subject): void {
  test('is small', () => {
    const { files, combination, read } = lens(subject.project);
    const python = files.filter((path) => path.endsWith('.py'));
    const lines = python.reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);
    console.info(`${combination.name}: ${files.length} files, ${lines} lines of Python`);
    expect(files.length, files.join('\n')).toBeLessThan(combination.size.files);
    expect(lines).toBeLessThan(combination.size.lines);
  });

  test('holds nothing unfinished, unrendered, empty or invisible', () => {
    const { files, combination, read } = lens(subject.project);
    const found = files.flatMap((path) => {
      const text = read(path);
      const lines = text.split('\n').map((line, index) => ({ line, place: `${path}:${index + 1}` }));
      return [
        ...(text.trim() === '' ? [`${path} is empty`] : []),
        ...lines.filter(({ line }) => UNFINISHED.test(line)).map(({ place, line }) => `${place} unfinished: ${line}`),
        // A person's own text may say what it likes.
        ...lines
          .filter(({ line }) => OUR_OWN.test(line) && !isPersons(combination.description))
          .map(({ place, line }) => `${place} unrendered: ${line}`),
        ...lines.filter(({ line }) => INVISIBLE.test(line)).map(({ place }) => `${place} has an invisible character`),
        ...(text.endsWith('\n') ? [] : [`${path} has no newline at its end`]),
      ];
    });
    expect(found).toEqual([]);
  });

  test('mutes no check wholesale', () => {
    const { files, read } = lens(subject.project);
    const found = files
      .filter((path) => /\.(?:py|toml|ini|cfg)$/.test(path))
      .flatMap((path) =>
        BLANKET_MUTES.flatMap((mute) => (mute.exec(read(path)) ?? []).slice(0, 1).map((text) => `${path}: ${text}`)),
      );
    expect(found).toEqual([]);
  });

  test('says its name and description as they were typed', async () => {
    const { combination, read } = lens(subject.project);
    const pyproject = parseToml(read('pyproject.toml')) as { project: { name: string; description: string } };
    expect(pyproject.project.name).toBe(combination.name);
    // A distribution's summary is one line.
    expect(pyproject.project.description.replace(/\s+/g, ' ')).toBe(combination.description.replace(/\s+/g, ' '));
    const ran = await subject.project.must('python', [
      '-c',
      'import json; from app.core.project import NAME, DESCRIPTION; print(json.dumps([NAME, DESCRIPTION]))',
    ]);
    expect(JSON.parse(ran.stdout)).toEqual([combination.name, combination.description]);
  });

  test('is what its manifest says', async () => {
    const verified = await stackwright(['verify', subject.project.folder]);
    expect(verified.code).toBe(0);
  });

  test('has secrets in .env, different in every download, and none in .env.example', () => {
    const { read } = lens(subject.project);
    const secrets = (text: string): string[] =>
      text.split('\n').filter((line) => /^[A-Z_]*(?:SECRET|KEY|PEPPER)[A-Z_]*=\S{20,}/.test(line));
    expect(secrets(read('.env.example'))).toEqual([]);
    if (subject.combination.auth) expect(secrets(read('.env')).length).toBeGreaterThan(0);
    expect(read('.gitignore').split('\n')).toContain('.env');
  });
}

/** Variables of a dotenv file, sorted. */
export function environmentKeys(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => /^#?\s?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? [])
    .sort();
}

function lens(project: Project) {
  return { files: project.files, combination: project.combination, read: (path: string) => project.read(path) };
}

function isPersons(description: string): boolean {
  return description.includes('{{');
}
