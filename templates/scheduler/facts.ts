import { defineFacts, dependency } from '#core/facts.ts';
import { beats, command, portless, section, setting, settings, target, untyped, untypedCalls } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { migration, model } from '../database/kinds.ts';
import { process } from '../docker/kinds.ts';
import { observed, tracedJobs, tracedLead } from '../observability/kinds.ts';
import module from './module.ts';

const GROUP = 'Scheduler';
const ON_DATABASE = { option: 'database', is: [true] } as const;
const EXAMPLE = [
  '```python',
  'JOBS: list[Job] = [',
  '    Job("invoices", at("0 3 1 * *"), send_invoices),',
  '    Job("look-round", every(minutes=5), look_round),',
  ']',
  '```',
];

export default defineFacts(
  module,
  (options) => [
    // Its triggers say when something is due; what runs it stands in the project, because its own scheduler
    // does not tell a job for which moment it is run, and no two of them can share a store.
    dependency({ name: 'apscheduler' }),
    untyped({ module: 'apscheduler.*' }),
    untypedCalls({ package: 'apscheduler' }),

    ...settings({ module: 'app.components.scheduler.settings', name: 'SchedulerSettings' }),
    setting({
      name: 'SCHEDULER_GRACE_SECONDS',
      value: '25',
      comment: 'how long running jobs may take to end after SIGTERM',
      group: GROUP,
    }),
    ...target({
      module: 'app.components.scheduler.run',
      name: 'run_scheduler',
      target: 'scheduler',
      comment: 'run jobs when they are due',
    }),
    ...options.with('database', (kept) => [
      process({
        name: 'scheduler',
        command: ['app', 'scheduler'],
        alive: beats('scheduler'),
        grace: '30',
        many: kept,
      }),
    ]),
    ...card({ module: 'app.components.scheduler.card', name: 'scheduler_card', part: 'scheduler' }),
    portless({ name: 'scheduler' }),
    ...observed('scheduler', 2),
    tracedJobs({ module: 'app.jobs' }),
    ...command({ module: 'app.cli.jobs', name: 'jobs_cli', cli: 'jobs' }),
    ...options.when(
      'database',
      [true],
      [
        dependency({ name: 'filelock' }),
        tracedLead({ module: 'app.components.scheduler.lead' }),
        model({ module: 'app.models.job_run' }),
        migration({ revision: 'scheduler_runs', needs: [] }),
        setting({
          name: 'JOB_RUN_DAYS',
          value: '30',
          comment: 'how long it is known which runs have been',
          group: GROUP,
        }),
      ],
    ),
    ...options.with('worker', (asTask) =>
      options.with('database', (kept) => [
        section({
          title: 'Jobs',
          lines: [
            `All jobs stand in \`app/jobs.py\`: a name that stays, when each is due (UTC), and ${asTask ? 'the task that is sent' : 'what is done'}.`,
            '',
            ...EXAMPLE,
            '',
            ...(asTask
              ? [
                  'A job is a task: the workers run it, and try it again when it fails. It is sent at least once, with the moment it is due, and',
                  '`first_time(session, f"invoices:{due}")` makes what it does happen once.',
                  '',
                ]
              : []),
            kept
              ? `\`make scheduler\` may run as often as you like: one process holds the lead, the others stand by and take over when it dies. ${asTask ? 'Each run is noted before it is sent' : 'Each run is noted before it begins, so it happens once'}; what was missed meanwhile is made up for, the latest time of each job.`
              : 'Run one `make scheduler`: two would run every job twice, and what is due while none is running is not made up for.',
            '',
            '```sh',
            'uv run app jobs list',
            '```',
          ],
        }),
      ]),
    ),
  ],
  {
    files: {
      'app/components/scheduler/lead.py': ON_DATABASE,
      'app/components/scheduler/runs.py': ON_DATABASE,
      'app/models/job_run.py': ON_DATABASE,
      'alembic/versions/scheduler_runs.py': ON_DATABASE,
      'tests/test_scheduler_runs.py': ON_DATABASE,
    },
  },
);
