// One card an index: score, rank among the ranked, change on the year before (only within one method), quality, source.

import { el } from '../../dom';
import { formatScore } from '../../i18n';
import { indexLabel, methodName } from '../../labels';
import { kIndexes } from '../../live';
import { drawRank, rankStrip } from '../../views/rank_strip';
import { difference, keyOf, type Edition, type OwnFigure } from './figures';
import { qualityBadge, rankText, sourceOf } from './parts';
import { t } from './words';

export function card(edition: Edition, own: OwnFigure[], chosen: boolean, choose: () => void): HTMLElement {
  const label = indexLabel(edition.index);
  const mine = own.find((figure) => keyOf(figure) === keyOf(edition));
  const title = `${edition.index} ${edition.year}`;
  const button = el('button', {
    class: 'icard__title',
    text: title,
    title: label.name,
    attrs: { type: 'button', 'aria-pressed': String(chosen) },
  });
  button.addEventListener('click', choose);
  const node = el('article', { class: chosen ? 'icard is-chosen' : 'icard', attrs: { 'data-key': edition.index } });
  const head = el('h2', { class: 'icard__head' }, button);
  if (!mine) {
    // The province's own index of its districts and agencies has no figure of the province itself.
    const isOthers = edition.units > 0 && !(kIndexes as readonly string[]).includes(edition.index);
    node.append(
      head,
      el('p', { class: 'icard__name', text: label.name }),
      el('p', {
        class: 'none',
        text: isOthers ? t('others_only', { count: edition.units }) : t('absent', { year: String(edition.year) }),
      }),
    );
    return node;
  }
  const { figure } = mine;
  const unit = label.unit === 'percent' ? '%' : '';
  const max = figure.max || label.max;
  const score = el(
    'p',
    { class: 'icard__score' },
    el('b', { text: formatScore(figure.score), attrs: { 'data-figure': 'score' } }),
    unit ? el('span', { text: unit }) : max ? el('span', { text: ` / ${formatScore(max)}` }) : null,
  );
  node.append(
    head,
    el('p', { class: 'icard__name', text: label.name }),
    el(
      'div',
      { class: 'icard__line' },
      score,
      el('p', { class: 'icard__rank', text: rankText(figure) || t('rank_none'), attrs: { 'data-figure': 'rank' } }),
    ),
    strip(figure.rank, figure.population),
    change(mine, own),
    el(
      'div',
      { class: 'icard__foot' },
      qualityBadge(figure.quality),
      figure.corrected ? el('span', { class: 'badge badge--corrected', text: t('corrected') }) : null,
      figure.simulated ? el('span', { class: 'badge badge--simulated', text: t('simulated') }) : null,
      figure.group ? el('span', { class: 'badge', text: t('group', { group: figure.group }) }) : null,
      sourceOf(edition.index, figure, title),
    ),
  );
  return node;
}

function strip(rank: number | null, population: number | null): HTMLElement {
  const holder = el('div', { class: 'icard__strip' });
  const drawing = rankStrip();
  if (drawRank(drawing, rank, population)) {
    holder.append(el('span', { text: t('first') }), drawing, el('span', { text: t('last') }));
  }
  return holder;
}

/** Against the latest earlier year that the hub holds; another method is named, never subtracted. */
function change(mine: OwnFigure, own: OwnFigure[]): HTMLElement {
  const earlier = own.filter((other) => other.index === mine.index && other.year < mine.year).sort((a, b) => b.year - a.year)[0];
  if (!earlier) return el('p', { class: 'icard__change', text: t('no_previous') });
  const year = String(earlier.year);
  const before = t('previous', {
    year,
    score: [formatScore(earlier.figure.score), rankText(earlier.figure)].filter(Boolean).join(', '),
  });
  if (earlier.method !== mine.method) {
    const why = t('not_comparable_why', {
      year,
      before: methodName(mine.index, earlier.method),
      now: methodName(mine.index, mine.method),
    });
    return el(
      'div',
      { class: 'icard__change icard__change--none' },
      el('p', { text: t('not_comparable', { year }) }),
      el('p', { class: 'note', text: `${before}. ${why}` }),
    );
  }
  const score = difference(mine.figure.score, earlier.figure.score);
  const parts: string[] = [];
  let direction = 'same';
  if (score !== null) {
    const zero = /^-?0+(\.0+)?$/.test(score);
    direction = zero ? 'same' : score.startsWith('-') ? 'down' : 'up';
    parts.push(
      zero
        ? t('change_same', { year })
        : t(direction === 'up' ? 'change_up' : 'change_down', { score: formatScore(score.replace('-', '')), year }),
    );
  }
  const [now, then] = [mine.figure, earlier.figure];
  if (
    typeof now.rank === 'number' &&
    typeof then.rank === 'number' &&
    now.population === then.population &&
    now.rank !== then.rank
  ) {
    const count = Math.abs(now.rank - then.rank);
    parts.push(t(now.rank < then.rank ? 'change_ranks_up' : 'change_ranks_down', { count }));
  }
  return el(
    'div',
    { class: 'icard__change', attrs: { 'data-direction': direction } },
    el('p', { text: parts.join(', ') || before }),
    el('p', { class: 'note', text: `${before}. ${t('change_note', { method: methodName(mine.index, mine.method) })}` }),
  );
}
