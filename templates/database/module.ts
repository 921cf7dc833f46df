import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'database',
  kind: 'component',
  category: 'data',
  title: 'Database',
  summary: 'SQLModel on an async engine, with Alembic migrations.',
  status: 'available',
  options: {
    engine: {
      kind: 'choice',
      title: 'Engine',
      summary: 'Where the data is kept.',
      values: [
        { id: 'sqlite', title: 'SQLite', summary: 'A file in the project; nothing to install.' },
        { id: 'postgres', title: 'PostgreSQL', summary: 'A server; several processes can share it.' },
      ],
      default: 'sqlite',
    },
  },
  requires: [{ need: 'backend', because: 'its sessions are handed to routes and its health is reported there' }],
});
