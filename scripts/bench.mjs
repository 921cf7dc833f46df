// Prints the figures of the README and ARCHITECTURE. Ratios and counts first: times differ between machines.
import { createServer } from 'vite';

const server = await createServer({
  server: { middlewareMode: true, ws: false, watch: null },
  appType: 'custom',
  logLevel: 'error',
});
try {
  const { main } = await server.ssrLoadModule('/bench/main.ts');
  await main();
} finally {
  await server.close();
}
