// The three indices of the conference for the province: score, rank among the ranked, components, quality and source.

import { el, setText, setTitle, show } from '../dom';
import { formatCount, formatScore, t, type Word } from '../i18n';
import { componentName, indexLabel } from '../labels';
import { kHomeUnit, kIndexes, kIndexYear } from '../live';
import type { Model } from '../model';
import type { IndexRow } from '../types';
import { drawRank, rankStrip } from './rank_strip';
import { nothingOf, panel, type View } from './view';

const kQuality: Record<string, { word: Word; hint: Word }> = {
  stated: { word: 'stated', hint: 'stated_hint' },
  derived: { word: 'derived', hint: 'derived_hint' },
  computed: { word: 'computed', hint: 'computed_hint' },
};

function isOverall(row: IndexRow): boolean {
  return row.component === undefined || row.component === null || row.component === '' || row.component === 'total';
}

export function indexesView(root: HTMLElement): View {
  const { body } = panel(root, t('indexes'));
  const cards = kIndexes.map((index) => card(index));
  body.append(...cards.map(({ node }) => node));
  return {
    parts: ['indexes'],
    render(model: Model): void {
      const none = nothingOf(model, ['indexes'], t('index_none'));
      for (const { index, update } of cards) update(model.indexes.get(index) ?? [], none);
    },
  };
}

function card(index: (typeof kIndexes)[number]): {
  index: string;
  node: HTMLElement;
  /** `none` stands where there are no figures. */
  update: (rows: IndexRow[], none: string) => void;
} {
  const label = indexLabel(index);
  const score = el('span', { class: 'index__score', attrs: { 'data-index': index } });
  const of = el('span', { class: 'index__of' });
  const rank = el('span', { class: 'index__rank' });
  const quality = el('span', { class: 'badge badge--quality' });
  const corrected = el('span', { class: 'badge badge--corrected', text: t('corrected') });
  const strip = rankStrip();
  const caption = el('span', { class: 'components__caption', text: t('component_ranks'), attrs: { 'aria-hidden': 'true' } });
  const components = el('ul', { class: 'components', attrs: { 'aria-label': t('components_of', { index }) } });
  const origin = el('span', { class: 'index__origin' });
  const node = el(
    'article',
    { class: 'index' },
    el('div', { class: 'index__head' }, el('h3', { text: `${index} ${kIndexYear}`, title: label.name }), quality, corrected),
    el('div', { class: 'index__line' }, el('p', { class: 'index__figure' }, score, of), el('div', { class: 'strip-holder' }), rank),
    components,
    el('p', { class: 'index__foot' }, caption, origin),
  );
  node.querySelector('.strip-holder')?.append(strip);

  return {
    index,
    node,
    update(rows: IndexRow[], none: string): void {
      const own = rows.find((row) => row.unit === kHomeUnit && isOverall(row));
      node.classList.toggle('is-absent', own === undefined);
      setText(score, own ? formatScore(own.score) : '–');
      const max = own?.max || label.max;
      setText(of, !own ? '' : label.unit === 'percent' ? '%' : max ? ` / ${formatScore(max)}` : '');
      const hasRank = typeof own?.rank === 'number';
      setText(
        rank,
        !own
          ? none
          : !hasRank
            ? ''
            : own.population
              ? t('rank', { rank: own.rank ?? 0, population: own.population })
              : t('rank_alone', { rank: own.rank ?? 0 }),
      );
      const kind = kQuality[own?.quality ?? ''];
      show(quality, own !== undefined && Boolean(own.quality));
      setText(quality, kind ? t(kind.word) : own?.quality ?? '');
      setTitle(quality, kind ? t(kind.hint) : '');
      quality.dataset.quality = own?.quality ?? '';
      show(corrected, own?.corrected === true);
      drawRank(strip, own?.rank, own?.population);
      drawComponents(components, index, rows.filter((row) => row.unit === kHomeUnit && !isOverall(row)), own?.population);
      show(caption, !components.hidden);
      const source = own?.origin ? t('source', { origin: own.origin }) : '';
      setText(origin, source);
      setTitle(origin, [source, own?.method ? t('method', { method: own.method }) : ''].filter(Boolean).join('\n'));
    },
  };
}

/**
 * Ranks of the components by their code (c1 … c8, d1 … d8), the upper and lower third marked by colour and by
 * an arrow; sub-components stay for a page of their own.
 */
function drawComponents(list: HTMLElement, index: string, rows: IndexRow[], among: number | null | undefined): void {
  const main = rows
    .filter((row) => /^[a-z]+\d+$/i.test(row.component ?? ''))
    .sort((a, b) => ((a.component ?? '') < (b.component ?? '') ? -1 : 1));
  const signature = JSON.stringify(main.map((row) => [row.component, row.score, row.rank, row.max]));
  if (list.dataset.rows === signature) return;
  list.dataset.rows = signature;
  list.replaceChildren(
    ...main.map((row) => {
      const code = row.component ?? '';
      const name = componentName(index, row.method, code);
      const score = formatScore(row.score);
      const said =
        typeof row.rank === 'number'
          ? t('component_rank', { component: name, score, rank: row.rank })
          : t('component_score', { component: name, score });
      const population = row.population ?? among ?? 0;
      const place = typeof row.rank === 'number' && population > 0 ? row.rank / population : 0.5;
      const item = el('li', { class: 'component', title: said });
      item.dataset.third = place <= 1 / 3 ? 'upper' : place > 2 / 3 ? 'lower' : 'middle';
      item.append(
        el('span', { class: 'component__code', text: code.toUpperCase(), attrs: { 'aria-hidden': 'true' } }),
        el('span', { class: 'component__rank', text: typeof row.rank === 'number' ? formatCount(row.rank) : '·', attrs: { 'aria-hidden': 'true' } }),
        el('span', { class: 'spoken', text: said }),
      );
      return item;
    }),
  );
  show(list, main.length > 0);
}
