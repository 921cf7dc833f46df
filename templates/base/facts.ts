import { defineFacts, dependency } from '#core/facts.ts';
import { commandImport, ignored, purpose, setting, settings, settingsImport, target } from './kinds.ts';
import module from './module.ts';

const PROJECT = 'app.cli.project';
const GROUP = 'Application';

export default defineFacts(module, (options) => [
  ...options.with('description', (text) => [purpose({ text, line: text.replace(/\s+/g, ' ').trim() })]),

  dependency({ name: 'pydantic' }),
  dependency({ name: 'pydantic-settings' }),
  dependency({ name: 'structlog' }),
  dependency({ name: 'typer' }),
  dependency({ name: 'anyio', group: 'dev' }),
  dependency({ name: 'mypy', group: 'dev' }),
  dependency({ name: 'pytest', group: 'dev' }),
  dependency({ name: 'pytest-cov', group: 'dev' }),
  dependency({ name: 'ruff', group: 'dev' }),

  ...settings({ module: 'app.core.config', name: 'AppSettings' }),
  settingsImport({ module: 'app.core.config', names: ['ModuleSettings'], several: false }),
  setting({
    name: 'APP_ENV',
    value: 'development',
    comment: 'development or production; production refuses weak settings',
    group: GROUP,
    image: 'production',
  }),
  setting({ name: 'HOST', value: '127.0.0.1', comment: 'the address to listen on', group: GROUP, image: '0.0.0.0' }),
  setting({ name: 'PORT', value: '8000', comment: 'the port to listen on', group: GROUP, image: '8000' }),
  setting({
    name: 'PUBLIC_URL',
    value: '',
    comment: 'the https address that browsers use, such as https://example.com; needed in production',
    group: GROUP,
    needed: true,
  }),
  setting({
    name: 'TRUSTED_PROXIES',
    value: '',
    comment: 'addresses or networks whose X-Forwarded headers are believed, separated by commas',
    group: GROUP,
  }),
  setting({ name: 'MAX_BODY_BYTES', value: '1048576', comment: 'longer request bodies are refused', group: GROUP }),
  setting({ name: 'LOG_LEVEL', value: 'INFO', comment: 'DEBUG, INFO, WARNING or ERROR', group: GROUP }),

  ...target({ module: PROJECT, name: 'run_tests', target: 'test', comment: 'run the tests with coverage' }),
  ...target({ module: PROJECT, name: 'lint', target: 'lint', comment: 'check style and formatting' }),
  ...target({ module: PROJECT, name: 'types', target: 'types', comment: 'check types' }),
  ...target({
    module: PROJECT,
    name: 'upgrade',
    target: 'upgrade',
    comment: 'resolve the newest versions, keep them if the tests pass',
  }),
  commandImport({ module: 'app.core.config', names: ['ConfigError'], several: false }),
  commandImport({ module: 'app.core.errors', names: ['AppError'], several: false }),
  commandImport({ module: 'app.core.project', names: ['NAME'], several: false }),

  ...['.env', '.venv/', '__pycache__/', '.coverage', '.mypy_cache/', '.pytest_cache/', '.ruff_cache/'].map((pattern) =>
    ignored({ pattern }),
  ),
]);
