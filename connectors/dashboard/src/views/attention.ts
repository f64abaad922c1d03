// Cases to act on. Delegates appear by number: a wall is read by everybody in the room.

import { el, reconcile, setText, show, spoken } from '../dom';
import { formatCount, t } from '../i18n';
import { sourceName } from '../labels';
import type { Model } from '../model';
import { pointTitles } from './places';
import { nothingOf, panel, type View } from './view';

const kShown = 40;

interface Case {
  key: string;
  kind: 'two_points' | 'withdrawn' | 'not_invited' | 'conflict';
  /** Empty where the case is about no person. */
  delegate: string;
  text: string;
  where: string;
}

export function attentionView(root: HTMLElement): View {
  const { body, aside } = panel(root, t('attention'));
  const list = el('ul', { class: 'cases', attrs: { tabindex: '0', 'aria-label': t('attention') } });
  const none = el('p', { class: 'none' });
  const more = el('p', { class: 'note' });
  body.append(list, none, more);
  return {
    parts: ['attendance', 'points', 'conflicts'],
    render(model: Model): void {
      const cases = casesOf(model);
      const complete = model.attendance?.attention?.complete !== false && !model.conflicts.more;
      setText(aside, cases.length > 0 ? `${formatCount(cases.length)}${complete ? '' : '+'}` : '');
      aside.classList.toggle('is-alert', cases.length > 0);
      show(list, cases.length > 0);
      setText(none, nothingOf(model, ['attendance', 'conflicts'], t('attention_none')));
      show(none, cases.length === 0);
      setText(more, t('more_items', { count: cases.length - kShown }));
      show(more, cases.length > kShown);
      reconcile(
        list,
        cases.slice(0, kShown),
        (entry) => entry.key,
        (entry) =>
          el(
            'li',
            { class: `case case--${entry.kind}` },
            el('span', { class: 'case__sign', attrs: { 'aria-hidden': 'true' } }),
            el(
              'span',
              { class: 'case__text' },
              spoken(entry.delegate ? `${t('delegate')} ` : ''),
              el('b', { text: entry.delegate }),
              ' ',
              el('span'),
              ' ',
              el('span', { class: 'case__where' }),
              entry.kind === 'conflict' ? el('a', { class: 'case__link', text: t('decide'), attrs: { href: '#/quan-tri/quarantine' } }) : null,
            ),
          ),
        (node, entry) => {
          const [, , text, where] = Array.from(node.lastElementChild?.children ?? []);
          if (text) setText(text, entry.text);
          if (where) setText(where, entry.where);
        },
      );
    },
  };
}

function casesOf(model: Model): Case[] {
  const attention = model.attendance?.attention ?? {};
  const names = pointTitles(model);
  const places = (points: string[] | undefined): string =>
    (points ?? []).map((point) => names.get(point) ?? point).join(' · ');
  return [
    ...model.conflicts.rows.map((entry): Case => ({
      key: `c ${entry.id}`,
      delegate: '',
      kind: 'conflict',
      text: t('conflict_item'),
      where: `${sourceName(entry.source)} · ${entry.event_id}`,
    })),
    ...(attention.withdrawn_but_present ?? []).map((entry): Case => ({
      key: `w ${entry.delegate}`,
      delegate: entry.delegate,
      kind: 'withdrawn',
      text: t('withdrawn_item'),
      where: places(entry.points),
    })),
    ...(attention.at_two_points ?? []).map((entry): Case => ({
      key: `t ${entry.delegate}`,
      delegate: entry.delegate,
      kind: 'two_points',
      text: t('two_points_item'),
      where: places(entry.points),
    })),
    ...(attention.not_invited ?? []).map((entry): Case => ({
      key: `n ${entry.delegate}`,
      delegate: entry.delegate,
      kind: 'not_invited',
      text: t('not_invited_item'),
      where: places(entry.points),
    })),
  ];
}
