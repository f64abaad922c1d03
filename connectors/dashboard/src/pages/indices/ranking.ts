// The ranked units of one index and year, the own one marked: dots from the first to the last, and a table. Where only a
// band of ranks is known, the table shows the band.

import { el, setText, show } from '../../dom';
import { formatCount, formatScore } from '../../i18n';
import { indexLabel } from '../../labels';
import { kHomeUnit } from '../../live';
import { matcher } from '../../search';
import { Grid, textCell } from '../shared/grid';
import { field } from '../shared/field';
import { bar, setFill } from '../../views/bar';
import { Chart, remark, type ChartOptions, type Look } from '../../views/chart';
import { isOverall, numberOf, type Edition, type Figure } from './figures';
import { qualityBadge, sourceOf } from './parts';
import { t } from './words';

const kRowsShown = 80;
/** Fewer dots say less than the table. */
const kDotsLeast = 3;

export function unitName(figure: Figure): string {
  return figure.unit_name || figure.unit;
}

/** "Tỉnh Quảng Nam" is looked for under Q. */
function sortName(figure: Figure): string {
  return unitName(figure).replace(/^(Tỉnh|Thành phố|Thị xã|Huyện)\s+/u, '');
}

function placeOf(figure: Figure): number | null {
  return figure.rank ?? figure.rank_min ?? null;
}

function rankCell(figure: Figure): string {
  if (typeof figure.rank === 'number') return formatCount(figure.rank);
  if (figure.rank_min && figure.rank_max) return `${formatCount(figure.rank_min)}–${formatCount(figure.rank_max)}`;
  return '–';
}

export class Ranking {
  readonly root: HTMLElement;
  private readonly query = el('input', { attrs: { type: 'search', autocomplete: 'off' } });
  private readonly note = el('p', { class: 'note', attrs: { role: 'status' } });
  private readonly toOwn = el('button', { class: 'button--small', attrs: { type: 'button' } });
  private grid: Grid<Figure> | null = null;
  private readonly holder = el('div', { class: 'ranking' });
  private readonly chart = new Chart('ranking__chart', t('rank_head'));
  private figures: Figure[] = [];
  private shownEdition = '';

  constructor() {
    this.root = el(
      'div',
      {},
      el('div', { class: 'filters' }, field(t('search_unit'), this.query, 'ranking-query'), this.toOwn),
      this.note,
      this.chart.root,
      this.holder,
    );
    this.query.addEventListener('input', () => this.draw());
    this.toOwn.addEventListener('click', () => {
      this.query.value = '';
      this.draw();
      const row = this.holder.querySelector('tr.is-own') as HTMLElement | null;
      row?.scrollIntoView({ block: 'center' });
      row?.querySelector<HTMLElement>('summary')?.focus({ preventScroll: true });
    });
  }

  render(edition: Edition, figures: Figure[]): void {
    this.figures = figures.filter(isOverall).sort((a, b) => (placeOf(a) ?? 1e6) - (placeOf(b) ?? 1e6));
    const key = `${edition.index}/${edition.year}/${edition.method}`;
    if (this.shownEdition !== key || !this.grid) {
      this.shownEdition = key;
      this.grid = rankingGrid(edition);
      this.holder.replaceChildren(this.grid.root);
    }
    const population = this.figures.find((figure) => figure.population)?.population ?? 0;
    setText(
      this.note,
      population > 0
        ? t('ranking_known', { known: this.figures.length, population })
        : t('ranking_known_alone', { known: this.figures.length }),
    );
    const own = this.figures.find((figure) => figure.unit === kHomeUnit);
    setText(this.toOwn, own ? t('to_own', { unit: unitName(own) }) : '');
    show(this.toOwn, own !== undefined);
    const ranked = this.figures.filter((figure) => typeof figure.rank === 'number' && numberOf(figure.score) !== null);
    const hasChart = ranked.length >= kDotsLeast;
    show(this.chart.root, hasChart);
    if (hasChart) this.chart.draw(nameOf(edition, ranked, own), (look) => rankingChart(ranked, look));
    this.draw();
  }

  private draw(): void {
    const finds = matcher(this.query.value);
    this.grid?.render(this.figures.filter((figure) => finds(unitName(figure))));
  }
}

function nameOf(edition: Edition, ranked: Figure[], own: Figure | undefined): string {
  const said = [ranked[0], own, ranked[ranked.length - 1]].flatMap((figure) => (figure ? [placeText(figure)] : []));
  return t('ranking_label', { index: edition.index, year: String(edition.year), values: [...new Set(said)].join('; ') });
}

function placeText(figure: Figure): string {
  return `${formatCount(figure.rank ?? 0)}. ${unitName(figure)}: ${formatScore(figure.score)}`;
}

/** Scores in the order of their ranks; the own one is larger, of another shape and named. Dots, for bars would have to begin at nought. */
export function rankingChart(ranked: Figure[], look: Look): ChartOptions {
  const { u } = look;
  const own = ranked.findIndex((figure) => figure.unit === kHomeUnit);
  const label = { color: look.text2, fontSize: 11.5 * u };
  return {
    grid: { left: 44 * u, right: 8 * u, top: 26 * u, bottom: 22 * u },
    tooltip: {
      ...remark(look),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: look.text3, type: 'solid' } },
      formatter: (params: unknown) => {
        const figure = ranked[(params as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        return figure ? placeText(figure) : '';
      },
    },
    xAxis: {
      type: 'category',
      data: ranked.map((figure) => formatCount(figure.rank ?? 0)),
      axisLine: { lineStyle: { color: look.edge } },
      axisTick: { show: false },
      axisLabel: { ...label, interval: (at: number) => at === 0 || at === own || at === ranked.length - 1 },
    },
    yAxis: {
      type: 'value',
      scale: true,
      boundaryGap: ['20%', '5%'],
      splitNumber: 3,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...label, formatter: (score: number) => formatScore(score) },
      splitLine: { lineStyle: { color: look.edge } },
    },
    series: [
      {
        id: 'scores',
        type: 'line',
        lineStyle: { width: 0 },
        symbol: 'circle',
        symbolSize: 5 * u,
        showAllSymbol: true,
        itemStyle: { color: look.here },
        data: ranked.map((figure, at) => {
          const score = numberOf(figure.score) ?? 0;
          if (at !== own) return score;
          return {
            value: score,
            symbol: 'diamond',
            symbolSize: 13 * u,
            itemStyle: { color: look.gold, borderColor: look.panel, borderWidth: u },
            label: {
              show: true,
              // Dots fall to the right: there is room above them to the right and below them to the left.
              ...(at < ranked.length / 2
                ? { position: 'top' as const, align: 'left' as const }
                : { position: 'bottom' as const, align: 'right' as const }),
              formatter: placeText(figure),
              color: look.text,
              fontSize: 12.5 * u,
              fontWeight: 640,
              textBorderColor: look.panel,
              textBorderWidth: 4 * u,
            },
          };
        }),
        emphasis: { disabled: true },
      },
    ],
  };
}

function rankingGrid(edition: Edition): Grid<Figure> {
  const label = indexLabel(edition.index);
  const most = numberOf(label.max);
  return new Grid<Figure>({
    caption: t('ranking_of', { index: edition.index, year: String(edition.year) }),
    keyOf: (figure) => figure.unit,
    rowClass: (figure) => (figure.unit === kHomeUnit ? 'is-own' : ''),
    pageRows: kRowsShown,
    stacks: true,
    sort: { key: 'rank', descending: false },
    columns: [
      { key: 'rank', title: t('rank_head'), numeric: true, fill: textCell(rankCell), sortBy: placeOf },
      {
        key: 'unit',
        title: t('unit'),
        head: true,
        sortBy: sortName,
        fill: (cell, figure) => {
          if (cell.dataset.name === unitName(figure)) return;
          cell.dataset.name = unitName(figure);
          cell.replaceChildren(unitName(figure));
          if (figure.unit === kHomeUnit) cell.append(' ', el('span', { class: 'badge badge--own', text: t('own') }));
        },
      },
      {
        key: 'score',
        title: t('score'),
        numeric: true,
        sortBy: (figure) => numberOf(figure.score),
        fill: (cell, figure) => {
          const score = numberOf(figure.score);
          const text = score === null ? t('no_score') : formatScore(figure.score);
          if (cell.dataset.text === text) return;
          cell.dataset.text = text;
          cell.classList.toggle('is-zero', score === null);
          cell.replaceChildren(text);
          if (score === null || !most) return;
          const level = bar('bar--thin');
          setFill(level, score / most);
          cell.append(level);
        },
      },
      {
        key: 'quality',
        title: t('quality'),
        fill: (cell, figure) => {
          const signature = `${figure.quality} ${figure.origin} ${figure.group ?? ''} ${figure.corrections?.length ?? 0}`;
          if (cell.dataset.of === signature) return;
          cell.dataset.of = signature;
          cell.replaceChildren(
            el(
              'span',
              { class: 'cell-tools' },
              qualityBadge(figure.quality),
              figure.corrected ? el('span', { class: 'badge badge--corrected', text: t('corrected') }) : null,
              figure.group ? el('span', { class: 'badge', text: figure.group }) : null,
              sourceOf(edition.index, figure, unitName(figure)),
            ),
          );
        },
      },
    ],
  });
}
