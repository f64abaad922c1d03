// The application: language first, then the shell with its pages. Everything is wired here and only here.

import './app.css';
import { initialLanguage, useLanguage } from './i18n';
import { kPages } from './pages/registry';
import { startPrinting } from './print';
import { Shell } from './shell';
import './print.css'; // after the style sheets of the pages, which it overrules

useLanguage(initialLanguage(), false);
startPrinting();
new Shell(kPages).start();
