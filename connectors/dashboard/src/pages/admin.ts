// The administrator's page: health, sources, projections, quarantine, journal. What it shows are the hub's own answers;
// what it does is asked once and told afterwards. It reads only what is on show.

import './pages.css';
import './admin.css';
import { el } from '../dom';
import { plainHead } from '../views/freshness';
import { JournalSection } from './admin/journal';
import { projectionsSection } from './admin/projections';
import { QuarantineSection } from './admin/quarantine';
import { deeds } from './admin/section';
import { sourcesSection } from './admin/sources';
import { statusSection } from './admin/status';
import { t, type AdminWord } from './admin/words';
import type { PageContext, PageEntry } from './page';
import { Tabs } from './shared/tabs';

let tabs: Tabs | null = null;

/** The part that "#/quan-tri/quarantine" leads to. */
function partOfAddress(): string {
  return /^#\/[^/]*\/(\w+)/.exec(window.location.hash)?.[1] ?? '';
}

function rememberAddress(part: string): void {
  window.history.replaceState(null, '', `#/${admin.slug}/${part}`);
}

function followAddress(): void {
  tabs?.chooseById(partOfAddress());
  if (tabs) rememberAddress(tabs.shown);
}

function mount(root: HTMLElement, context: PageContext): void {
  const { note, fresh } = plainHead(context.head, t('title'));
  note.textContent = t('personal_note');
  // Each part says for itself at which position it was read.
  fresh.asOf.parentElement?.parentElement?.remove();
  context.title(t('title'));
  const quarantine = new QuarantineSection();
  const sources = sourcesSection((source) => {
    quarantine.filterBySource(source);
    tabs?.chooseById('quarantine');
  });
  const sections = [statusSection(), sources, projectionsSection(), quarantine, new JournalSection()];
  const holder = el('div', { class: 'admin' });
  root.replaceChildren(deeds.build(), holder);
  tabs = new Tabs(
    holder,
    t('tabs'),
    sections.map((section) => ({
      id: section.id,
      title: t(section.id as AdminWord),
      panel: section.panel,
      onShow: () => {
        rememberAddress(section.id);
        section.start();
      },
      onHide: () => section.stop(),
    })),
    'dongbo.admin.tab',
    partOfAddress(),
  );
  window.addEventListener('hashchange', followAddress);
}

export const admin: PageEntry = {
  slug: 'quan-tri',
  name: () => t('title'),
  needsMeeting: false,
  page: {
    mount,
    unmount(): void {
      window.removeEventListener('hashchange', followAddress);
      tabs?.close();
      tabs = null;
    },
  },
};
