/** Bar charts as SVG: the same numbers give the same text. */
import { parse, View, type Spec } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

export interface Bar {
  readonly label: string;
  /** More than 0. */
  readonly value: number;
  /** Bars of a group have a colour; several groups get a legend. */
  readonly group: string;
}

const COLOURS = ['#3b7a57', '#b5651d', '#44608a', '#8a4466'];

/** Lying bars in the given order, on a logarithmic scale, each with its value behind it. */
export async function barChart(title: string, bars: readonly Bar[]): Promise<string> {
  const groups = [...new Set(bars.map(({ group }) => group))];
  const least = 10 ** Math.floor(Math.log10(Math.min(...bars.map(({ value }) => value)) * 0.99));
  const values = bars.map((bar) => ({ ...bar, least, text: shown(bar.value) }));
  const y = { field: 'label', type: 'nominal', sort: null, axis: { title: null } } as const;
  const spec: TopLevelSpec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 8,
    title: { text: title, anchor: 'start', fontSize: 13 },
    width: 520,
    height: { step: 20 },
    config: { font: 'sans-serif' },
    data: { values },
    layer: [
      {
        mark: 'bar',
        encoding: {
          y,
          x: { field: 'value', type: 'quantitative', scale: { type: 'log' }, axis: { title: null, tickCount: 4 } },
          x2: { field: 'least' },
          color: {
            field: 'group',
            type: 'nominal',
            scale: { domain: groups, range: COLOURS },
            legend: groups.length > 1 ? { title: null, orient: 'bottom', labelLimit: 400 } : null,
          },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4 },
        encoding: { y, x: { field: 'value', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  };
  const view = new View(parse(compile(spec).spec as Spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}

function shown(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
