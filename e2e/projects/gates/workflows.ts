/** The workflows of a project, against GitHub's schemas, the rules of expressions, and what attacks them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { attackFaults, updateFaults, workflowFaults } from '../../support/validators.ts';
import type { Subject } from '../subject.ts';

const WORKFLOW = '.github/workflows/check.yml';
const IMAGE = '.github/workflows/image.yml';
const UPDATES = '.github/dependabot.yml';

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: unknown;
        readonly steps: readonly {
          readonly uses?: string;
          readonly run?: string;
          readonly env?: object;
          readonly with?: Readonly<Record<string, unknown>>;
        }[];
      }
    >
  >;
}

export function workflowsGate(subject: Subject): void {
  const workflows = (): string[] => subject.project.files.filter((path) => path.startsWith('.github/workflows/'));
  const read = (path: string): Workflow => parse(subject.project.read(path)) as Workflow;

  const at = (path: string): string => join(subject.project.folder, path);

  test('are workflows and updates by GitHub’s own schemas, with sound expressions and scripts', async () => {
    expect(await workflowFaults(workflows().map(at))).toBe('');
    expect(await updateFaults([at(UPDATES)])).toBe('');
  });

  test('have nothing that zizmor finds, which images by their tags are not', async () => {
    expect(await attackFaults([at('.github')])).toBe('');
  });

  test('may read the repository and no more, with actions pinned to commits', () => {
    for (const workflow of workflows().map(read)) {
      expect(workflow.permissions).toEqual({});
      for (const job of Object.values(workflow.jobs)) {
        expect(job.permissions).toEqual({ contents: 'read' });
        for (const { uses } of job.steps) if (uses) expect(uses).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
      }
    }
  });

  test('build the image, scan the one that was built, and push none', () => {
    expect(workflows().includes(IMAGE)).toBe(subject.project.has('Dockerfile'));
    if (!subject.project.has('Dockerfile')) return;
    for (const { steps } of Object.values(read(IMAGE).jobs)) {
      const build = steps.find(({ uses }) => uses?.startsWith('docker/build-push-action@'))?.with;
      const scan = steps.find(({ uses }) => uses?.startsWith('anchore/scan-action@'))?.with;
      expect(build).toMatchObject({ context: '.', push: false, load: true });
      expect(scan).toMatchObject({ image: build?.tags, 'severity-cutoff': 'high' });
    }
  });

  test('run what is run at home', () => {
    const workflow = read(WORKFLOW);
    const targets = /^TARGETS := (.*)$/m.exec(subject.project.read('Makefile'))?.[1]?.split(' ') ?? [];
    const known = ['uv sync', ...targets.map((target) => `make ${target}`)];
    for (const job of Object.values(workflow.jobs)) {
      const commands = job.steps.flatMap((step) => step.run ?? []);
      expect(commands.filter((command) => !known.includes(command))).toEqual([]);
      expect(commands).toEqual(expect.arrayContaining(['make lint', 'make types', 'make test']));
      // The tests find the servers by the variables that they read at home.
      const given = job.steps.find((step) => step.run === 'make test')?.env ?? {};
      for (const variable of Object.keys(given))
        expect(
          subject.project.files.some(
            (path) => path.startsWith('tests/') && subject.project.read(path).includes(variable),
          ),
        ).toBe(true);
    }
  });
}
