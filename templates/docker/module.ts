import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'docker',
  kind: 'component',
  category: 'delivery',
  title: 'Docker',
  summary: 'One small image without root, and a compose file for production with secrets as files.',
  status: 'available',
  options: {
    base: {
      kind: 'choice',
      title: 'Base image',
      summary: 'Every package of the project has wheels for both, on Intel and ARM.',
      values: [
        { id: 'slim', title: 'Debian slim', summary: 'The C library that most packages are tested with.' },
        { id: 'alpine', title: 'Alpine', summary: 'Smaller, on another C library; what you add needs wheels for it.' },
      ],
      default: 'slim',
    },
    user: {
      kind: 'text',
      title: 'User number',
      summary: 'Whom everything in the image runs as; root is no choice.',
      maxLength: 5,
      range: { from: 1000, to: 65000 },
      default: '10001',
    },
  },
});
