// The application: language first, then the shell with its pages. Everything is wired here and only here.

import './app.css';
import { initialLanguage, useLanguage } from './i18n';
import { kPages } from './pages/registry';
import { Shell } from './shell';

useLanguage(initialLanguage(), false);
new Shell(kPages).start();
