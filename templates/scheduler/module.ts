import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'scheduler',
  kind: 'component',
  category: 'background',
  title: 'Scheduler',
  summary: 'Jobs at fixed times, in a process of their own.',
  status: 'available',
  options: {
    database: {
      kind: 'link',
      title: 'Runs in the database',
      summary: 'Each run is noted before it begins, and another process takes over when one dies.',
      target: 'database',
      because: 'it notes there which runs have been',
      default: false,
    },
    worker: {
      kind: 'link',
      title: 'Jobs as tasks',
      summary: 'A job is sent to the workers, which try it again when it fails.',
      target: 'worker',
      because: 'its jobs are run there as tasks',
      default: false,
    },
  },
  requires: [{ need: 'backend', because: 'its jobs share the settings and the log of the app' }],
});
