import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'base',
  kind: 'component',
  category: 'application',
  title: 'Project',
  summary: 'The skeleton: settings, logging, command line, Makefile, README and tests.',
  status: 'available',
  always: true,
  drawn: false,
  options: {
    description: {
      kind: 'text',
      title: 'Description',
      summary: 'One or two sentences; they stand in pyproject.toml, the README and the API documentation.',
      default: '',
      maxLength: 300,
      multiline: true,
    },
  },
});
