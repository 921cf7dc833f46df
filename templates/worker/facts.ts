import { defineFacts, dependency } from '#core/facts.ts';
import { beats, command, fixture, portless, section, setting, settings, target } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { migration, model } from '../database/kinds.ts';
import { process } from '../docker/kinds.ts';
import { measure, observed, tracedTasks } from '../observability/kinds.ts';
import module from './module.ts';

const GROUP = 'Worker';

export default defineFacts(module, (options) => [
  // Typed tasks, receivers and middleware. Its Redis broker is not used: it takes over what a killed worker
  // held only once another task arrives, and drops what was sent before the first worker. It is the only engine:
  // arq is maintained for its security alone, by its own word, and asks for a redis-py below 6, where all others
  // that use it here are further on.
  dependency({ name: 'taskiq' }),

  ...settings({ module: 'app.components.worker.settings', name: 'WorkerSettings' }),
  ...target({
    module: 'app.components.worker.run',
    name: 'run_worker',
    target: 'worker',
    comment: 'run background tasks; as many processes as you like',
  }),
  process({ name: 'worker', command: ['app', 'worker'], alive: beats('worker'), grace: '30' }),
  portless({ name: 'worker' }),
  ...observed('worker', 1),
  tracedTasks({ module: 'app.components.worker.broker' }),
  ...measure({
    module: 'app.components.worker.status',
    name: 'queue_status',
    metric: 'tasks',
    summary: 'Tasks in the queue, and those that were laid aside.',
    label: 'state',
    fields: ['waiting', 'running', 'later', 'dead'],
    grows: false,
  }),
  ...command({ module: 'app.cli.tasks', name: 'tasks_cli', cli: 'tasks' }),
  model({ module: 'app.models.task_key' }),
  migration({ revision: 'worker_keys', needs: [] }),
  fixture({ module: 'tests.plugins.worker' }),
  ...card({ module: 'app.components.worker.card', name: 'worker_card', part: 'worker' }),

  ...options.with('concurrency', (count) => [
    setting({
      name: 'WORKER_CONCURRENCY',
      value: count,
      comment: 'how many tasks one process runs side by side',
      group: GROUP,
    }),
  ]),
  setting({
    name: 'WORKER_GRACE_SECONDS',
    value: '25',
    comment: 'how long running tasks may take to end after SIGTERM; what has not ended is handed back',
    group: GROUP,
  }),
  setting({
    name: 'TASK_LEASE_SECONDS',
    value: '30',
    comment: 'after how long without a sign of life the tasks of a worker go to another one',
    group: GROUP,
  }),
  setting({
    name: 'TASK_DELIVERIES',
    value: '5',
    comment: 'how often a task may take its worker down before it is laid aside',
    group: GROUP,
  }),
  setting({
    name: 'TASK_RESULT_SECONDS',
    value: '3600',
    comment: 'how long what a task came to can be asked for',
    group: GROUP,
  }),
  setting({
    name: 'TASK_KEY_DAYS',
    value: '30',
    comment: 'how long it is known that something was done once',
    group: GROUP,
  }),
  section({
    title: 'Background tasks',
    lines: [
      'A task is a function that is called by name in another process. Tasks stand in `app/services/<service>/tasks.py`, where they',
      'are found by themselves, and take and return what JSON can hold:',
      '',
      '```python',
      'from app.components.worker.broker import task',
      'from app.components.worker.once import first_time',
      'from app.core.db import session_scope',
      '',
      '',
      '@task(retries=5, time_limit=30)',
      'async def charge(order_id: str) -> None:',
      '    async with session_scope() as session:',
      '        if await first_time(session, f"charge:{order_id}"):',
      '            ...  # what belongs to it, with this very session',
      '```',
      '',
      'From a route or a page, `await charge.kiq("42")` sends it. It is run at least once: a worker that is killed in the middle leaves',
      'the task to another one. `first_time` makes it once, because it keeps its note in the same transaction as the effect. A task',
      'that fails is tried again after a while, each time later; one that still fails, or takes its worker down, is laid aside.',
      '',
      '```sh',
      'uv run app tasks status',
      'uv run app tasks dead',
      'uv run app tasks requeue --all',
      '```',
      '',
      'With `make worker` running, `uv run app tasks ping` sends one through and waits for its answer.',
    ],
  }),
]);
