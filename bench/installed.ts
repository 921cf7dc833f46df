/** Generated projects to measure in. */
import { databaseFor } from '../e2e/projects/database.ts';
import { Project } from '../e2e/projects/project.ts';
import type { Keep } from './ends.ts';

/** As it is deployed; the keys of what a project does not have say nothing. */
export const PRODUCTION = { APP_ENV: 'production', PUBLIC_URL: 'https://bench.example' };

/** A project with these components, installed. */
export async function installed(components: string, keep: Keep): Promise<Project> {
  const project = keep(
    await Project.make({
      name: 'bench-app',
      words: ['--components', components],
      engine: 'sqlite',
      auth: false,
      description: '',
      size: { files: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY },
    }),
    (made) => made.destroy(),
  );
  await project.install();
  return project;
}

/** The address of a new database with all tables of the project. */
export async function migrated(project: Project): Promise<string> {
  const { url } = await databaseFor(project, undefined);
  await project.must('make', ['migrate'], { env: { DATABASE_URL: url } });
  return url;
}
