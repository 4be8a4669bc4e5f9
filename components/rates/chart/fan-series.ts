import {
  type CustomData,
  type CustomSeriesOptions,
  type CustomSeriesWhitespaceData,
  customSeriesDefaultOptions,
  type ICustomSeriesPaneRenderer,
  type ICustomSeriesPaneView,
  type PaneRendererCustomData,
  type PriceToCoordinateConverter,
  type Time,
} from 'lightweight-charts'
import type { Fan } from '#components/rates/chart/moments.ts'

export type FanItem = CustomData<Time> & Fan
export type FanColours = { wide: string; narrow: string; middle: string }

type Target = Parameters<ICustomSeriesPaneRenderer['draw']>[0]
type Data = PaneRendererCustomData<Time, FanItem>

/** The forecast as a fan: the band of 95, the band of 80 on it, and a dashed line for what is expected. */
export class FanSeries implements ICustomSeriesPaneView<Time, FanItem> {
  #data: Data | null = null
  colours: FanColours = { wide: 'transparent', narrow: 'transparent', middle: 'transparent' }

  renderer(): ICustomSeriesPaneRenderer {
    return { draw: (target, priceToY) => this.#draw(target, priceToY) }
  }

  update(data: Data): void {
    this.#data = data
  }

  /** The scale makes room for the band of 80; the wide one may be cut, lest the past become a flat line. */
  priceValueBuilder({ low80, high80, price }: FanItem): number[] {
    return [low80, high80, price]
  }

  isWhitespace(item: FanItem | CustomSeriesWhitespaceData<Time>): item is CustomSeriesWhitespaceData<Time> {
    return !('low95' in item)
  }

  defaultOptions(): CustomSeriesOptions {
    return customSeriesDefaultOptions
  }

  #draw(target: Target, priceToY: PriceToCoordinateConverter): void {
    const { bars = [], visibleRange } = this.#data ?? {}
    if (!visibleRange || bars.length < 2) return
    const { from, to } = visibleRange
    // One place beyond each edge, so that nothing ends inside the chart.
    const shown = bars.slice(Math.max(0, from - 1), to + 1)
    const line = (name: keyof Fan) =>
      shown.map(({ x, originalData }) => ({ x, y: priceToY(originalData[name]) ?? Number.NaN }))
    // biome-ignore lint/correctness/useHookAtTopLevel: the canvas library's name, and no hook.
    target.useMediaCoordinateSpace(({ context }) => {
      const trace = (points: { x: number; y: number }[]) => {
        for (const { x, y } of points) context.lineTo(x, y)
      }
      const band = (low: keyof Fan, high: keyof Fan, colour: string) => {
        context.beginPath()
        trace(line(high))
        trace(line(low).reverse())
        context.closePath()
        context.fillStyle = colour
        context.fill()
      }
      band('low95', 'high95', this.colours.wide)
      band('low80', 'high80', this.colours.narrow)
      context.beginPath()
      trace(line('price'))
      context.setLineDash([2, 4])
      context.lineWidth = 1.5
      context.lineCap = 'round'
      context.strokeStyle = this.colours.middle
      context.stroke()
    })
  }
}
