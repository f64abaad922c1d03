// The parts of Apache ECharts that the pages use, as a module of its own: it is loaded when the first chart is drawn.

import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  MarkLineComponent,
  PolarComponent,
  TooltipComponent,
  type GridComponentOption,
  type PolarComponentOption,
  type TooltipComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

export type SeriesOption = BarSeriesOption | LineSeriesOption;
export type ChartOptions = ComposeOption<
  SeriesOption | GridComponentOption | PolarComponentOption | TooltipComponentOption
>;

// SVG: text stays text, and what is drawn grows with the page without blurring.
use([BarChart, LineChart, GridComponent, MarkLineComponent, PolarComponent, TooltipComponent, SVGRenderer]);

export { init };
