// What was just accepted, newest first, in words.

import { el, reconcile, setText, show } from '../dom';
import { formatTime, t } from '../i18n';
import { factDetail, factName, factOf } from '../labels';
import type { Model } from '../model';
import { pointTitles } from './places';
import { panel, type View } from './view';

const kShown = 24;

export function latestView(root: HTMLElement): View {
  const { body } = panel(root, t('latest'));
  const list = el('ol', { class: 'events', attrs: { tabindex: '0', 'aria-label': t('latest') } });
  const none = el('p', { class: 'none', text: t('latest_none') });
  body.append(list, none);
  return {
    parts: ['latest', 'points'],
    render(model: Model): void {
      const names = pointTitles(model);
      show(none, model.latest.length === 0);
      reconcile(
        list,
        model.latest.slice(0, kShown),
        ({ event }) => `${event.source} ${event.id}`,
        ({ event }) =>
          el(
            'li',
            { class: 'event', attrs: { 'data-area': factOf(event.type).split('.')[0] ?? '' } },
            el('time', { class: 'event__time', text: formatTime(event.time), attrs: { datetime: event.time } }),
            el('span', { class: 'event__fact', text: factName(event.type) }),
            el('span', { class: 'event__where' }),
          ),
        (node, { event }) => {
          const point = event.data?.point;
          const place = typeof point === 'string' ? names.get(point) ?? point : '';
          const where = node.lastElementChild;
          if (where) setText(where, [place, factDetail(event)].filter(Boolean).join(' · '));
        },
      );
    },
  };
}
