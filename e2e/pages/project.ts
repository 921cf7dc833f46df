/** Makes and installs the project whose pages are tested, once for all journeys. */
import { AUTH_SQLITE } from '../projects/combinations.ts';
import { Project } from '../projects/project.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const project = await Project.make(AUTH_SQLITE);
  await project.install();
  process.env.PAGES_PROJECT = project.folder;
  return () => project.destroy();
}
