// What was just accepted, newest first, in words.

import { el, glow, setAttrs, setText, show, stopGlow } from '../dom';
import { formatTime, otherDay, t } from '../i18n';
import { factDetail, factName, factOf } from '../labels';
import { identityOf, type Model } from '../model';
import type { Accepted } from '../types';
import { pointTitles } from './places';
import { nothingOf, panel, type View } from './view';

const kShown = 24;
/** More than these at once are not seen to come in one by one. */
const kArrivingMost = 3;

interface Line {
  node: HTMLLIElement;
  time: HTMLElement;
  fact: HTMLElement;
  where: HTMLElement;
}

export function latestView(root: HTMLElement): View {
  const { body } = panel(root, t('latest'));
  const list = el('ol', { class: 'events', attrs: { tabindex: '0', 'aria-label': t('latest') } });
  const none = el('p', { class: 'none' });
  body.append(list, none);
  const lines: Line[] = [];
  let first = '';

  return {
    parts: ['latest', 'points', 'meeting'],
    render(model: Model): void {
      const names = pointTitles(model);
      const shown = model.latest.slice(0, kShown);
      setText(none, nothingOf(model, ['latest'], t('latest_none')));
      show(none, shown.length === 0);
      while (lines.length > shown.length) lines.pop()?.node.remove();
      while (lines.length < shown.length) {
        const line = buildLine();
        lines.push(line);
        list.append(line.node);
      }
      const arrived = shown.findIndex((item) => identityOf(item) === first);
      first = shown[0] ? identityOf(shown[0]) : '';
      shown.forEach((item, at) => {
        const line = lines[at];
        if (!line) return;
        updateLine(line, item, names, model.meeting.day);
        if (arrived === 0) return; // nothing new: who glows goes on
        if (at < arrived && arrived <= kArrivingMost) glow(line.node);
        else stopGlow(line.node);
      });
    },
  };
}

/** Lines stay where they are and their words move down: new lines a hundred times a second would cost the browser its layers. */
function buildLine(): Line {
  const time = el('time', { class: 'event__time' });
  const fact = el('span', { class: 'event__fact' });
  const where = el('span', { class: 'event__where' });
  return { node: el('li', { class: 'event' }, time, fact, where), time, fact, where };
}

function updateLine({ node, time, fact, where }: Line, { event }: Accepted, names: Map<string, string>, day: string | undefined): void {
  setAttrs(node, { 'data-area': factOf(event.type).split('.')[0] ?? '', 'data-key': `${event.source} ${event.id}` });
  setAttrs(time, { datetime: event.time });
  setText(time, [formatTime(event.time), otherDay(event.time, day)].filter(Boolean).join(' '));
  setText(fact, factName(event.type));
  const point = event.data?.point;
  const place = typeof point === 'string' ? names.get(point) ?? point : '';
  setText(where, [place, factDetail(event)].filter(Boolean).join(' · '));
}
