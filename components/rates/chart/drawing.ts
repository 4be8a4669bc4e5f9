import {
  ColorType,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  type LogicalRange,
  type MouseEventParams,
  type TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'
import { FanSeries } from '#components/rates/chart/fan-series.ts'
import type { Moment } from '#components/rates/chart/moments.ts'
import { readTheme, watchTheme } from '#components/rates/chart/theme.ts'

export type Scene = {
  moments: Moment[]
  /** The index of the last price. */
  now: number
  /** How many places of the past and of the future are shown at first. */
  past: number
  ahead: number
  showFan: boolean
  showPrice: (price: number) => string
  /** Round prices, along the axis. */
  showScale: (prices: number[]) => string[]
  /** The moment's own words at the crosshair. */
  showMoment: (time: number) => string
  /** The words along the axis. */
  showMark: (time: number, type: TickMarkType) => string
  /** Days begin where the reader's do: seconds to add to a moment before the axis divides it. */
  shift: number
}

/** A chart on a canvas, driven from outside. Indices are those of the scene's moments. */
export class Drawing {
  readonly #chart: IChartApi
  readonly #line: ISeriesApi<'Line'>
  readonly #fan: ReturnType<typeof addFan>
  readonly #fanView = new FanSeries()
  /** Marks the last price, which may stand alone behind a gap. */
  readonly #dot: ISeriesMarkersPluginApi<Time>
  readonly #container: HTMLElement
  readonly #onCursor: (index: number | null) => void
  readonly #stopWatching: () => void
  #scene: Scene | null = null
  #cursor: number | null = null
  #colour = 'transparent'

  constructor(container: HTMLElement, onCursor: (index: number | null) => void) {
    this.#container = container
    this.#onCursor = onCursor
    this.#chart = createChart(container, {
      autoSize: true,
      // Named in words below the chart instead, where it can be read.
      layout: { attributionLogo: false, fontSize: 12 },
      grid: { vertLines: { visible: false } },
      crosshair: { mode: CrosshairMode.Magnet },
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.1, bottom: 0.1 } },
      timeScale: {
        borderVisible: false,
        timeVisible: true,
        fixLeftEdge: true,
        fixRightEdge: true,
        minBarSpacing: 0.02,
      },
      // The wheel belongs to the page; with Ctrl, as a trackpad's pinch sends it, it zooms.
      handleScale: { mouseWheel: false, axisPressedMouseMove: { time: true, price: false } },
      handleScroll: { vertTouchDrag: false },
    })
    this.#fan = addFan(this.#chart, this.#fanView)
    this.#line = this.#chart.addSeries(LineSeries, {
      lineWidth: 2,
      priceLineStyle: LineStyle.Dotted,
      crosshairMarkerRadius: 4,
    })
    this.#dot = createSeriesMarkers(this.#line)
    this.#chart.subscribeCrosshairMove((event) => this.#moved(this.#indexOf(event)))
    this.#dress()
    this.#stopWatching = watchTheme(() => this.#dress())
    container.addEventListener('wheel', this.#pinch, { passive: false })
  }

  /** Shows a scene. Where a person has panned or zoomed to is kept when it is the same one, grown by new prices. */
  show(scene: Scene, fresh: boolean): void {
    const before = this.#chart.timeScale().getVisibleLogicalRange()
    const old = this.#scene
    this.#scene = scene
    const { shift, showPrice, showScale, showMoment, showMark } = scene
    this.#chart.applyOptions({
      localization: {
        priceFormatter: showPrice,
        tickmarksPriceFormatter: showScale,
        timeFormatter: (time: UTCTimestamp) => showMoment(time - shift),
      },
      timeScale: { tickMarkFormatter: (time: UTCTimestamp, type: TickMarkType) => showMark(time - shift, type) },
    })
    const at = (moment: Moment) => (moment.time + shift) as UTCTimestamp
    // Without a step as fine as its prices, a stablecoin's scale would have one mark.
    const height = scene.moments[scene.now]?.price ?? 1
    const priceFormat = { type: 'price', minMove: 10 ** (Math.floor(Math.log10(height)) - 6) } as const
    this.#line.applyOptions({ priceFormat })
    this.#fan.applyOptions({ priceFormat })
    this.#line.setData(
      scene.moments.map((moment, index) => {
        if (moment.price === null) return { time: at(moment) }
        // What leads out of a gap is not drawn: nobody knows the way the price went.
        const bridge = scene.moments[index + 1]?.price === null && index !== scene.now
        return {
          time: at(moment),
          value: moment.price,
          ...(bridge ? { color: 'transparent' } : {}),
        }
      }),
    )
    this.#fan.setData(
      scene.moments.map((moment) =>
        moment.fan && scene.showFan ? { time: at(moment), ...moment.fan } : { time: at(moment) },
      ),
    )
    const moved = scene.now - (old?.now ?? 0)
    const last = scene.moments[scene.now]
    if (last)
      this.#dot.setMarkers([{ time: at(last), position: 'inBar', shape: 'circle', color: this.#colour, size: 0.7 }])
    if (fresh || !before) this.home()
    else this.#look({ from: before.from + moved, to: before.to + moved })
  }

  /** The range that was asked for, with a piece of the future beside it. */
  home(): void {
    if (!this.#scene) return
    const { now, past, ahead } = this.#scene
    this.#look({ from: Math.max(0, now - past), to: now + ahead })
  }

  /** Moves the crosshair by so many places, over gaps; from nowhere it begins at the last price. */
  walk(step: number): void {
    const { moments, now } = this.#scene ?? { moments: [], now: 0 }
    let index = this.#cursor === null ? now : this.#cursor + step
    for (let moment = moments[index]; moment && heightOf(moment) === null; moment = moments[index])
      index += Math.sign(step)
    this.#point(index)
  }

  /** To the first or the last price of what is loaded. */
  walkTo(end: 'first' | 'last'): void {
    if (this.#scene) this.#point(end === 'first' ? 0 : this.#scene.now)
  }

  /** Nearer by a factor above one, farther by one below, around the crosshair or the middle. */
  zoom(factor: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange()
    if (!range || !this.#scene) return
    const middle = this.#cursor ?? (range.from + range.to) / 2
    const width = Math.max(6, (range.to - range.from) / factor)
    const share = (middle - range.from) / (range.to - range.from)
    const last = this.#scene.moments.length - 1
    const from = Math.max(0, middle - width * share)
    this.#look({ from, to: Math.min(last, from + width) })
  }

  /** Takes the crosshair away. */
  leave(): void {
    this.#chart.clearCrosshairPosition()
    this.#moved(null)
  }

  destroy(): void {
    this.#stopWatching()
    this.#container.removeEventListener('wheel', this.#pinch)
    this.#chart.remove()
  }

  #look(range: { from: number; to: number }): void {
    this.#chart.timeScale().setVisibleLogicalRange(range as LogicalRange)
  }

  #point(index: number): void {
    const moment = this.#scene?.moments[index]
    const value = moment ? heightOf(moment) : null
    if (!moment || value === null || !this.#scene) return
    const range = this.#chart.timeScale().getVisibleLogicalRange()
    if (range && (index < range.from || index > range.to)) {
      const width = range.to - range.from
      const from = index < range.from ? Math.max(0, index - width * 0.1) : index - width * 0.9
      this.#look({ from, to: from + width })
    }
    const time = (moment.time + this.#scene.shift) as UTCTimestamp
    // Both series share one scale, so that the line can name the height of either.
    this.#chart.setCrosshairPosition(value, time, this.#line)
    // The library tells of a pointer's moves, and not of this one.
    this.#moved(index)
  }

  #moved(index: number | null): void {
    this.#cursor = index
    this.#onCursor(index)
  }

  #indexOf({ time, logical }: MouseEventParams): number | null {
    if (!this.#scene || time === undefined || logical === undefined) return null
    const index = Math.round(logical)
    return this.#scene.moments[index] ? index : null
  }

  #dress(): void {
    const theme = readTheme(this.#container)
    const label = { color: theme.edge, labelBackgroundColor: theme.ink }
    this.#chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: 'transparent' },
        textColor: theme.ink3,
        fontFamily: theme.font,
      },
      grid: { horzLines: { color: theme.grid } },
      crosshair: { vertLine: { ...label, style: LineStyle.Dotted }, horzLine: { ...label, style: LineStyle.Dotted } },
    })
    this.#line.applyOptions({
      color: theme.line,
      crosshairMarkerBackgroundColor: theme.line,
    })
    this.#colour = theme.line
    this.#dot.setMarkers(this.#dot.markers().map((marker) => ({ ...marker, color: theme.line })))
    this.#fanView.colours = { wide: theme.wide, narrow: theme.narrow, middle: theme.line }
    this.#fan.applyOptions({ color: theme.line })
  }

  readonly #pinch = (event: WheelEvent): void => {
    if (!event.ctrlKey) return
    event.preventDefault()
    this.zoom(Math.exp(-event.deltaY / 200))
  }
}

/** What the crosshair stands on: the price, or what is foretold; null in a gap. */
function heightOf({ price, fan }: Moment): number | null {
  return price ?? fan?.price ?? null
}

function addFan(chart: IChartApi, view: FanSeries) {
  return chart.addCustomSeries(view, { lastValueVisible: false, priceLineVisible: false })
}
