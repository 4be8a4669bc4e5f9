import { html } from 'hono/html'
import { asTree, type StoredSpan } from '#sandbox/traces/spans.ts'

type Html = ReturnType<typeof html>

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
  body { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
  header { border-bottom: 1px solid #8884; }
  header p { margin: 0 0 1rem; color: light-dark(#555, #aaa); }
  h1 { font-size: 1.5rem; }
  a { color: light-dark(#0b57d0, #8ab4f8); }
  small { color: light-dark(#555, #aaa); }
  .failed { color: light-dark(#b3261e, #f2b8b5); }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; white-space: nowrap; }
  th, td { text-align: left; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid #8884; }
  th { font-weight: 500; color: light-dark(#555, #aaa); }
  .time { width: 16rem; min-width: 10rem; }
  .bar { display: block; height: .6rem; min-width: 2px; border-radius: 2px; background: light-dark(#0b57d0, #8ab4f8); }
`

function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Sandbox traces</title>
  <style>${style}</style>
</head>
<body>
  <header><p><a href="/">Sandbox traces</a> · what the app and the worker of this machine did</p></header>
  <main><h1>${title}</h1>${content}</main>
</body>
</html>`
}

const shown = 100

const sessionId = 'causeway.session_id'

/** Next's outermost span is begun before the route is known, and has no more than the method. */
function nameOf(first: StoredSpan, trace: StoredSpan[]): string {
  return trace.find(({ attributes }) => 'http.route' in attributes)?.name ?? first.name
}

/** The newest traces, by the span each began with. */
export function listPage(spans: readonly StoredSpan[]): Html {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId)
  const rows = [...traces.values()]
    .flatMap((trace) => {
      const first = asTree(trace)[0]?.span
      return first ? [{ first, trace }] : []
    })
    .sort((a, b) => b.first.startMs - a.first.startMs)
    .slice(0, shown)
    .map(
      ({ first, trace }) => html`<tr>
        <td>${new Date(first.startMs).toISOString().slice(11, 23)}</td>
        <td><a href="/traces/${first.traceId}">${nameOf(first, trace)}</a>${
          trace.some(({ failed }) => failed) ? html` <span class="failed">failed</span>` : ''
        }</td>
        <td>${trace.find(({ attributes }) => sessionId in attributes)?.attributes[sessionId] ?? ''}</td>
        <td>${trace.length}</td>
      </tr>`,
    )
  if (rows.length === 0) return page('Traces', html`<p>None yet. Open the app and buy something.</p>`)
  return page(
    'Traces',
    html`<div class="scroll"><table>
      <thead><tr><th>Began (UTC)</th><th>With</th><th>Session</th><th>Spans</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>`,
  )
}

/** One trace: what called what, and when. */
export function tracePage(spans: StoredSpan[]): Html {
  const tree = asTree(spans)
  const [first] = tree
  if (!first) return page('No such trace', html`<p>It is not kept any more, or never was.</p>`)
  const begin = Math.min(...spans.map(({ startMs }) => startMs))
  const total = Math.max(...spans.map(({ startMs, ms }) => startMs + ms)) - begin || 1
  const rows = tree.map(({ span, depth }) => {
    const left = ((span.startMs - begin) / total) * 100
    const width = (span.ms / total) * 100
    return html`<tr>
      <td style="padding-left: ${String(depth * 1.25)}rem" title="${attributesOf(span)}">
        <span class="${span.failed ? 'failed' : ''}">${span.name}</span> <small>${span.service.replace('causeway-', '')}</small>
      </td>
      <td>${span.ms.toFixed(1)} ms</td>
      <td class="time"><span class="bar" style="margin-left: ${left.toFixed(2)}%; width: ${width.toFixed(2)}%"></span></td>
    </tr>`
  })
  const links = spans.flatMap((span) => span.links)
  return page(
    first.span.name,
    html`<p>Trace ${first.span.traceId}, ${(total / 1000).toFixed(2)} s${links.map(
      (id) => html`, caused by <a href="/traces/${id}">${id.slice(0, 8)}…</a>`,
    )}</p>
    <div class="scroll"><table>
      <thead><tr><th>Span</th><th>Took</th><th>When</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>`,
  )
}

function attributesOf({ attributes }: StoredSpan): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
