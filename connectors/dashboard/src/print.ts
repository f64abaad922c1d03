// On paper nobody scrolls, opens or asks for more: what such a step would show is there, in light colours (print.css does the
// rest). Charts are SVG painted with the page's colours, so the theme itself changes while the page is printed.

import { applyTheme } from './theme';

/** What stands behind a chart or a badge as well stays closed. */
const kOpened = 'main details:not([open], .figures-table, .origin), .top details:not([open])';

export function startPrinting(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    document.documentElement.classList.add('is-printing');
    applyTheme('light');
    for (const more of document.querySelectorAll<HTMLButtonElement>('.grid-holder > .grid__more')) {
      while (!more.hidden) more.click();
    }
    opened = Array.from(document.querySelectorAll<HTMLDetailsElement>(kOpened));
    for (const details of opened) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    document.documentElement.classList.remove('is-printing');
    applyTheme();
  });
}
