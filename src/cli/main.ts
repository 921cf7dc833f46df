/**
 * The command line's entry. It holds as little as can be, so that `--version` costs little more than an
 * empty script: everything else loads on demand.
 */
declare const __VERSION__: string;

const broken = (error: unknown): void => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`stackwright has a fault and stopped: ${message}\n`);
  if (process.env.STACKWRIGHT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = 1;
};
process.on('uncaughtException', broken);
// Until a command says more: only `--version` prints before.
let unprinted = (code: string): string => `The answer could not be printed: ${code}.`;
let isTold = false;
// `stackwright services | head -1` closes the pipe before everything is written; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  // Every line that cannot be printed says so anew.
  if (!isTold) process.stderr.write(`${unprinted(error.code ?? error.message)}\n`);
  isTold = true;
  process.exitCode = 1;
});

const tell = (sentence: (code: string) => string): void => {
  unprinted = sentence;
};

const [first, ...rest] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && rest.length === 0) process.stdout.write(`${__VERSION__}\n`);
else import('./run.ts').then(({ run }) => run(process.argv.slice(2), __VERSION__, tell)).catch(broken);
