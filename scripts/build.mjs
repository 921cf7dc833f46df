/** `npm run build`: the page into dist/page and the command line into dist/cli; or only the one that is named. */
import { runTool, setup, stop } from './setup.mjs';

setup();
const only = process.argv[2];
for (const [name, config] of [
  ['page', 'vite.config.ts'],
  ['cli', 'vite.cli.config.ts'],
]) {
  if (only && only !== name) continue;
  const built = runTool('vite/bin/vite.js', ['build', '--config', config, '--logLevel', 'warn']);
  if (built !== 0) stop(`The ${name} could not be built; the reason is above.`);
}
