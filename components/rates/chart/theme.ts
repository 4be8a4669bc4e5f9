/** The tokens that the canvas draws with. */
export type ChartTheme = {
  line: string
  wide: string
  narrow: string
  ink: string
  ink3: string
  grid: string
  edge: string
  font: string
}

/** Reads the tokens as they hold at an element: the canvas knows no `light-dark()`, so the browser resolves it. */
export function readTheme(element: HTMLElement): ChartTheme {
  const probe = document.createElement('span')
  element.append(probe)
  const read = (token: string, opacity = 1) => {
    probe.style.color = `var(--color-${token})`
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? []
    return `rgba(${parts.slice(0, 3).join(', ')}, ${opacity})`
  }
  const theme: ChartTheme = {
    line: read('tide'),
    wide: read('tide', 0.08),
    narrow: read('tide', 0.11),
    ink: read('ink'),
    ink3: read('ink-3'),
    grid: read('line', 0.7),
    edge: read('edge'),
    font: getComputedStyle(element).fontFamily,
  }
  probe.remove()
  return theme
}

/** Calls back when light becomes dark or dark light, by the system's setting or the page's. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)')
  media.addEventListener('change', changed)
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    media.removeEventListener('change', changed)
    observer.disconnect()
  }
}
