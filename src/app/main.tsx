import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forced.css';
import { App } from './App.tsx';
import { keepOffline } from './offline/register.ts';
import { start } from './store/start.ts';
import { Boundary } from './ui/Boundary.tsx';
import { keepFocus } from './ui/keepFocus.ts';

start();
const root = document.getElementById('root');
// In slices: until it stands, what is in the root is there, and the browser stays free.
if (root)
  startTransition(() =>
    createRoot(root).render(
      <Boundary>
        <App />
      </Boundary>,
    ),
  );
keepFocus();
keepOffline();
