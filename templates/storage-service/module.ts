import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'storage-service',
  kind: 'platform',
  category: 'central',
  title: 'Storage service',
  summary: 'Files behind an S3 interface.',
  status: 'planned',
});
