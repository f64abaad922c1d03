// The one place that knows Apache ECharts: loads it, gives it the page's colours and letters, sizes a chart with its room
// and gives it back. A page says what is to be drawn with plain options; its figures stand in a table as well, because for
// readers who do not see it a chart is one picture with a name.
//
// Nothing moves: a figure is never drawn between two values. The remark under the pointer is SVG text ("richText"), since
// the page's policy allows no markup with styles in it.

import type { EChartsType } from 'echarts/core';
import { el } from '../dom';
import type { ChartOptions } from './echarts';

export type { ChartOptions, SeriesOption } from './echarts';

/** What a chart is drawn with. */
export interface Look {
  text: string;
  text2: string;
  text3: string;
  edge: string;
  panel: string;
  here: string;
  hereStrong: string;
  leave: string;
  info: string;
  gold: string;
  /** Letters beside what is golden. */
  goldText: string;
  /** One sixteenth of a rem, more on a wall: lengths grow with the letters. */
  u: number;
  fontFamily: string;
  width: number;
  height: number;
}

type Draw = (look: Look) => ChartOptions;

let library: typeof import('./echarts.js') | null = null;
let isLoading = false;
const charts = new Set<Chart>();

function load(): void {
  if (isLoading) return;
  isLoading = true;
  import('./echarts.js').then(
    (loaded) => {
      library = loaded;
      for (const chart of charts) chart.paint();
    },
    () => {
      isLoading = false; // the next drawing asks again
    },
  );
}

/** Charts follow a change of the theme, by choice or by the system. */
let followsTheme = false;
function followTheme(): void {
  if (followsTheme) return;
  followsTheme = true;
  const paint = (): void => charts.forEach((chart) => chart.lookAgain());
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  window.matchMedia('(prefers-color-scheme: light)').addEventListener('change', paint);
}

/** Gives back what the charts that are no longer on the page hold. */
export function closeLeftCharts(): void {
  for (const chart of charts) if (!chart.root.isConnected) chart.close();
}

export class Chart {
  readonly root: HTMLElement;
  private drawn: EChartsType | null = null;
  private options: Draw | null = null;
  private painted = '';
  private look: Look | null = null;
  private readonly sizes = new ResizeObserver(() => this.lookAgain());

  /** `name` stands until there is something to draw. */
  constructor(cls: string, name: string) {
    this.root = el('div', { class: `chart ${cls}`, attrs: { role: 'img', 'aria-label': name } });
    followTheme();
    charts.add(this);
    this.sizes.observe(this.root);
  }

  /** Shows `options`; `name` says the same to those who do not see it. */
  draw(name: string, options: Draw): void {
    if (this.root.getAttribute('aria-label') !== name) this.root.setAttribute('aria-label', name);
    this.options = options;
    this.paint();
  }

  /** Paints with the colours and the room of now. Asking for them makes the browser compute the whole page's style: not every time. */
  lookAgain(): void {
    this.look = null;
    this.paint();
  }

  paint(): void {
    if (this.options === null) return;
    if (library === null) {
      load();
      return;
    }
    const look = (this.look ??= lookOf(this.root));
    if (look.width === 0 || look.height === 0) return; // not on show: its size will be told
    const options = { ...basics(look), ...this.options(look) };
    const signature = JSON.stringify([look, options]);
    if (signature === this.painted) return;
    this.painted = signature;
    const { width, height } = look;
    if (this.drawn === null) this.drawn = library.init(this.root, null, { renderer: 'svg', width, height });
    else if (this.drawn.getWidth() !== width || this.drawn.getHeight() !== height) this.drawn.resize({ width, height });
    this.drawn.setOption(options, { replaceMerge: ['series'] });
  }

  close(): void {
    charts.delete(this);
    this.sizes.disconnect();
    this.options = null;
    this.drawn?.dispose();
    this.drawn = null;
  }
}

function lookOf(root: HTMLElement): Look {
  const style = getComputedStyle(root);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const scale = parseFloat(colour('--chart-scale')) || 1;
  return {
    text: colour('--text'),
    text2: colour('--text-2'),
    text3: colour('--text-3'),
    edge: colour('--edge'),
    panel: colour('--panel'),
    here: colour('--here'),
    hereStrong: colour('--here-strong'),
    leave: colour('--leave'),
    info: colour('--info'),
    gold: colour('--gold'),
    goldText: colour('--gold-text'),
    u: (parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1) * scale,
    fontFamily: getComputedStyle(document.body).fontFamily,
    width: root.clientWidth,
    height: root.clientHeight,
  };
}

function basics(look: Look): ChartOptions {
  return {
    animation: false,
    textStyle: { color: look.text2, fontFamily: look.fontFamily, fontSize: 11.5 * look.u },
  };
}

/** The remark under the pointer. */
export function remark(look: Look): NonNullable<ChartOptions['tooltip']> & object {
  return {
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: look.panel,
    borderColor: look.edge,
    borderWidth: 1,
    padding: [6 * look.u, 9 * look.u],
    textStyle: { color: look.text, fontSize: 12.5 * look.u, fontWeight: 500 },
  };
}
