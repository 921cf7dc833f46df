import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { templatesPlugin } from './build/templates-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [react(), templatesPlugin(root)],
  build: { outDir: 'dist/page', target: 'es2023', sourcemap: false },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'templates/**/*.test.ts', 'build/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    environment: 'node',
  },
});
