// The indices' page: a card an index, its components as a radar, the ranking, the years. It follows the feed of index
// facts and reads anew what changed; figures are the hub's own at the position beside them.

import './pages.css';
import './indices.css';
import { el, setText, show } from '../dom';
import { dayOf } from '../i18n';
import { kHomeUnit, kIndexes } from '../live';
import { card } from './indices/cards';
import { isOverall, keyOf, readEdition, readIndices, type Edition, type Figure, type Indices } from './indices/figures';
import { axesOf, componentTable, radarChart, radarName, subComponents } from './indices/radar';
import { Ranking, unitName } from './indices/ranking';
import { t } from './indices/words';
import { Years } from './indices/years';
import type { PageContext, PageEntry } from './page';
import { field, option } from './shared/field';
import { Followed } from './shared/followed';
import { PageHead } from './shared/head';
import { Chart } from '../views/chart';

const kRereadMs = 2000;

/** Kept while the program lives, so that a change of language or page does not undo it. */
const chosen = { year: 0, edition: '', other: '' };

class Page {
  private indices: Indices | null = null;
  private figures: Figure[] = [];
  private readonly followed: Followed;
  private closed = false;
  private drawnOnce = false;
  private readonly head: PageHead;
  private readonly year = el('select');
  private readonly cards = el('div', { class: 'icards' });
  private readonly components = el('section', {
    class: 'panel',
    attrs: { id: 'index-components', 'aria-labelledby': 'index-components-title' },
  });
  private readonly radar = new Chart('radar', t('components'));
  private readonly years = new Years();
  private readonly yearsTitle = el('h2', { attrs: { id: 'index-years-title' } });
  private readonly ranking = new Ranking();
  private readonly rankingTitle = el('h2', { attrs: { id: 'index-ranking-title' } });
  private readonly body = el('div', { class: 'indices__body' });
  private readonly none = el('p', { class: 'none', text: t('reading'), attrs: { role: 'status' } });

  constructor(root: HTMLElement, context: PageContext) {
    this.head = new PageHead(context, t('title'));
    const rankingPanel = el(
      'section',
      { class: 'panel', attrs: { id: 'index-ranking', 'aria-labelledby': 'index-ranking-title' } },
      el('div', { class: 'panel__head' }, this.rankingTitle),
      this.ranking.root,
    );
    const yearsPanel = el(
      'section',
      { class: 'panel', attrs: { id: 'index-years', 'aria-labelledby': 'index-years-title' } },
      el('div', { class: 'panel__head' }, this.yearsTitle),
      this.years.root,
    );
    this.body.append(el('div', { class: 'indices__left' }, this.components, yearsPanel), rankingPanel);
    root.replaceChildren(
      el('div', { class: 'page-tools' }, field(t('year'), this.year, 'indices-year')),
      this.none,
      this.cards,
      this.body,
    );
    show(this.body, false);
    this.year.addEventListener('change', () => this.chooseYear(Number(this.year.value)));
    this.followed = new Followed({
      path: `/v1/feed?type=${encodeURIComponent('vn.dongbo.index.')}`,
      read: (atLeast) => this.read(atLeast),
      everyMs: kRereadMs,
      head: this.head,
    });
  }

  close(): void {
    this.closed = true;
    this.followed.close();
  }

  private async read(atLeast: string): Promise<string | undefined> {
    const indices = await readIndices(atLeast);
    const edition = this.choose(indices);
    const figures = edition ? await readEdition(edition, atLeast) : [];
    if (!this.closed) {
      this.indices = indices;
      this.figures = figures;
      this.draw();
    }
    return indices.freshness?.position;
  }

  /** The edition on show: the chosen one while it is there, else the first of the newest year. */
  private choose(indices: Indices): Edition | undefined {
    const years = indices.editions.map((edition) => edition.year);
    if (!years.includes(chosen.year)) chosen.year = Math.max(...years, 0);
    const ofYear = indices.editions.filter((edition) => edition.year === chosen.year);
    const edition =
      ofYear.find((one) => keyOf(one) === chosen.edition) ??
      ofYear.find((one) => one.index === chosen.edition.split('\n')[0]) ??
      ofYear[0];
    chosen.edition = edition ? keyOf(edition) : '';
    return edition;
  }

  private chooseYear(year: number): void {
    chosen.year = year;
    this.followed.again();
    if (this.indices) {
      this.choose(this.indices);
      this.drawCards(this.indices);
    }
  }

  private async chooseEdition(edition: Edition): Promise<void> {
    chosen.edition = keyOf(edition);
    chosen.other = '';
    if (this.indices) this.drawCards(this.indices);
    (this.cards.querySelector('[aria-pressed=true]') as HTMLElement | null)?.focus();
    this.followed.again();
  }

  private draw(): void {
    const { indices } = this;
    if (!indices) return;
    this.head.fresh(indices.freshness, dayOf(new Date()));
    this.head.simulated(indices.own.some((one) => one.year === chosen.year && one.figure.simulated === true));
    const edition = indices.editions.find((one) => keyOf(one) === chosen.edition);
    setText(this.none, t('none'));
    show(this.none, !edition);
    show(this.body, edition !== undefined);
    this.drawYears(indices);
    this.drawCards(indices);
    if (!edition) return;
    setText(this.rankingTitle, t('ranking_of', { index: edition.index, year: String(edition.year) }));
    this.ranking.render(edition, this.figures);
    this.drawComponents(edition);
    const own = indices.own.filter((figure) => figure.index === edition.index);
    setText(this.yearsTitle, `${edition.index}: ${t('years')}`);
    this.years.render(own, this.ownName());
    this.drawnOnce = true;
  }

  private drawYears(indices: Indices): void {
    const years = [...new Set(indices.editions.map((edition) => edition.year))].sort((a, b) => b - a);
    const signature = years.join();
    if (this.year.dataset.years !== signature) {
      this.year.dataset.years = signature;
      this.year.replaceChildren(...years.map((year) => option(String(year), String(year), year === chosen.year)));
    }
    this.year.value = String(chosen.year);
  }

  private drawCards(indices: Indices): void {
    const signature = JSON.stringify([chosen.year, chosen.edition, indices.editions, indices.own]);
    if (this.drawnOnce && this.cards.dataset.of === signature) return;
    this.cards.dataset.of = signature;
    const ofYear = indices.editions.filter((edition) => edition.year === chosen.year);
    // The plan's three stand there even when one has nothing for this year; what else was published follows.
    const absent = kIndexes
      .filter((index) => !ofYear.some((edition) => edition.index === index))
      .map((index): Edition => ({ index, year: chosen.year, method: '', units: 0 }));
    const all = [...ofYear, ...(ofYear.length > 0 ? absent : [])];
    this.cards.replaceChildren(
      ...all.map((edition) =>
        card(edition, indices.own, keyOf(edition) === chosen.edition, () => void this.chooseEdition(edition)),
      ),
    );
  }

  private ownName(): string {
    const own = this.figures.find((figure) => figure.unit === kHomeUnit);
    return own ? unitName(own) : kHomeUnit;
  }

  private drawComponents(edition: Edition): void {
    const others = this.figures.filter(
      (figure) => figure.unit !== kHomeUnit && this.figures.some((one) => one.unit === figure.unit && !isOverall(one)),
    );
    const names = new Map(others.map((figure) => [figure.unit, unitName(figure)] as const));
    if (!names.has(chosen.other)) chosen.other = '';
    const own = this.figures.filter((figure) => figure.unit === kHomeUnit);
    const other = chosen.other ? this.figures.filter((figure) => figure.unit === chosen.other) : [];
    const otherName = names.get(chosen.other) ?? '';
    const axes = axesOf(edition, own, other);
    const signature = JSON.stringify([edition, chosen.other, axes, own, document.documentElement.lang]);
    if (this.components.dataset.of === signature) return;
    this.components.dataset.of = signature;
    const title = el('h2', {
      text: `${edition.index} ${edition.year}: ${t('components')}`,
      attrs: { id: 'index-components-title' },
    });
    if (axes.every((axis) => !axis.figure)) {
      this.components.replaceChildren(
        el('div', { class: 'panel__head' }, title),
        el('p', { class: 'none', text: t('components_none', { unit: this.ownName() }) }),
      );
      return;
    }
    const compare = el(
      'select',
      {},
      option('', t('compare_nobody'), chosen.other === ''),
      ...[...names]
        .sort((a, b) => a[1].localeCompare(b[1], 'vi'))
        .map(([unit, name]) => option(unit, name, unit === chosen.other)),
    );
    compare.addEventListener('change', () => {
      chosen.other = compare.value;
      this.drawComponents(edition);
      document.getElementById('index-compare')?.focus();
    });
    const unknown = axes.some((axis) => axis.max === '');
    this.components.replaceChildren(
      el('div', { class: 'panel__head' }, title, names.size > 0 ? field(t('compared_with'), compare, 'index-compare') : null),
      el(
        'div',
        { class: 'radar-row' },
        el(
          'figure',
          { class: 'radar-holder' },
          this.radar.root,
          el(
            'figcaption',
            { class: 'radar-legend' },
            el('span', { class: 'legend-own', text: this.ownName() }),
            otherName ? el('span', { class: 'legend-other', text: otherName }) : null,
          ),
        ),
        componentTable(edition, axes, otherName),
      ),
      ...(unknown ? [el('p', { class: 'note', text: t('max_unknown_note') })] : []),
      ...[subComponents(edition, own)].filter((node): node is HTMLElement => node !== null),
    );
    const ownName = this.ownName();
    this.radar.draw(radarName(edition, axes, ownName, otherName), (look) => radarChart(axes, ownName, otherName, look));
  }
}

let page: Page | null = null;

export const indices: PageEntry = {
  slug: 'chi-so',
  name: () => t('nav'),
  needsMeeting: false,
  page: {
    mount(root, context): void {
      page = new Page(root, context);
    },
    unmount(): void {
      page?.close();
      page = null;
    },
  },
};
