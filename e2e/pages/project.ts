/** Makes and installs the project whose pages are tested, once for all journeys: all pages there are. */
import { ORG_POSTGRES } from '../projects/combinations.ts';
import { Project } from '../projects/project.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const project = await Project.make({
    ...ORG_POSTGRES,
    name: 'my-app',
    words: ['--services', 'auth[org,oauth]', '--components', 'dashboard[auth]'],
  });
  await project.install();
  process.env.PAGES_PROJECT = project.folder;
  return () => project.destroy();
}
