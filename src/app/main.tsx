import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './App.tsx';
import { keepOffline } from './offline/register.ts';
import { start } from './store/start.ts';
import { Boundary } from './ui/Boundary.tsx';

start();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <Boundary>
      <App />
    </Boundary>,
  );
keepOffline();
