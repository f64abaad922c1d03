// The administrator's page: health, sources, projections, quarantine, journal. What it shows are the hub's own answers;
// what it does is asked once and told afterwards. It reads only what is on show.

import { el } from '../dom';
import { Tabs } from './shared/tabs';
import { journalSection } from './admin/journal';
import { projectionsSection } from './admin/projections';
import { quarantineSection } from './admin/quarantine';
import { deeds } from './admin/section';
import { sourcesSection } from './admin/sources';
import { statusSection } from './admin/status';
import { t, type AdminWord } from './admin/words';

let tabs: Tabs | null = null;

/** Builds the page in the language in use; the shell mounts it again after a change of language. */
export function mount(root: HTMLElement): void {
  const quarantine = quarantineSection();
  const sources = sourcesSection((source) => {
    quarantine.filterBySource(source);
    tabs?.chooseById('quarantine');
  });
  const sections = [statusSection(), sources, projectionsSection(), quarantine, journalSection()];
  const holder = el('div', { class: 'admin' });
  root.replaceChildren(el('h2', { class: 'spoken', text: t('title') }), deeds.build(), holder);
  tabs = new Tabs(
    holder,
    t('tabs'),
    sections.map((section) => ({
      id: section.id,
      title: t(section.id as AdminWord),
      panel: section.panel,
      onShow: () => section.start(),
      onHide: () => section.stop(),
    })),
    'dongbo.admin.tab',
  );
}

export function unmount(): void {
  tabs?.close();
  tabs = null;
}
