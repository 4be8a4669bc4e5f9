import { html, raw } from 'hono/html'

import { testCards } from '#sandbox/stripe/cards.ts'
import { pageScript, pageStyle } from '#sandbox/stripe/page-style.ts'

export type CardField = 'number' | 'expiry' | 'cvc' | 'name'

export type PageView = {
  /** What is bought, in a few words. */
  title: string
  total: string
  lines: { label: string; value: string; sum?: boolean /** Shown when asked for. */; full?: string }[]
  backUrl: string | null
  state: 'open' | 'processing' | 'complete' | 'rejected' | 'expired'
  /** What each end or wait means here. */
  sentence: string
  /** Of the last attempt. */
  errors: Partial<Record<CardField, string>>
  refusal: string | null
  values: Partial<Record<CardField, string>>
}

/** The whole card page in one of its states. */
export function renderPage(view: PageView) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${view.state === 'open' ? `Pay ${view.total}` : view.title} · Card sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%233538a8'/%3E%3Crect x='6' y='10' width='20' height='13' rx='2.5' fill='none' stroke='%23fff' stroke-width='2'/%3E%3Cpath d='M6 15h20' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E">
<style>${raw(pageStyle)}</style>
</head>
<body>
<header class="sandbox">${icon('M9 3h6M10 3v6l-5 9a2 2 0 0 0 2 3h10a2 2 0 0 0 2-3l-5-9V3M7.5 15h9')}
  <span>Sandbox: no real money. Stands in for Stripe.</span></header>
<main>
<section class="summary" aria-label="What you pay for">
  ${view.backUrl ? html`<a class="back" href="${view.backUrl}">${icon('m15 6-6 6 6 6')}Back to merchant</a>` : ''}
  <h1><span class="what">${view.title}</span><span class="total">${view.total}</span></h1>
  <dl class="lines">${view.lines.map(line)}</dl>
</section>
${view.state === 'open' ? cardForm(view) : endState(view)}
</main>
<script>${raw(pageScript)}</script>
</body>
</html>`
}

function line({ label, value, sum, full }: PageView['lines'][number]) {
  const shown = full
    ? html`<details class="mono"><summary aria-label="${value}, show the whole address">${value}</summary>${full}</details>`
    : value
  return html`<div class="${sum ? 'sum' : ''}"><dt>${label}</dt><dd>${shown}</dd></div>`
}

function cardForm(view: PageView) {
  const { errors, values } = view
  return html`<section aria-labelledby="form-title">
  <form class="panel" method="post" novalidate>
    <h2 id="form-title">Pay by card</h2>
    <div role="alert">${
      view.refusal
        ? html`<p class="notice refused">${icon('M12 8v5M12 16.5v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18')}<span>${view.refusal}</span></p>`
        : ''
    }</div>
    ${field({ name: 'number', label: 'Card number', placeholder: '1234 1234 1234 1234', autocomplete: 'cc-number', numeric: true }, errors, values)}
    <div class="pair">
      ${field({ name: 'expiry', label: 'Expiry', placeholder: 'MM / YY', autocomplete: 'cc-exp', numeric: true }, errors, values)}
      ${field({ name: 'cvc', label: 'CVC', placeholder: '123', autocomplete: 'cc-csc', numeric: true }, errors, values)}
    </div>
    ${field({ name: 'name', label: 'Name on card', placeholder: '', autocomplete: 'cc-name', numeric: false }, errors, values)}
    <div class="pay"><button type="submit">Pay ${view.total}</button></div>
  </form>
  <section class="cards" aria-labelledby="cards-title">
    <h3 id="cards-title">Test cards</h3>
    <p>Choose one to fill the form. A real card is always declined here.</p>
    <ul>${testCards.map(
      ({ number, does }) =>
        html`<li><button type="button" data-card="${number}"><span class="mono">${grouped(number)}</span><span>${does}</span></button></li>`,
    )}</ul>
  </section>
</section>`
}

type FieldShape = { name: CardField; label: string; placeholder: string; autocomplete: string; numeric: boolean }

function field(
  { name, label, placeholder, autocomplete, numeric }: FieldShape,
  errors: PageView['errors'],
  values: PageView['values'],
) {
  const error = errors[name]
  const first = Object.keys(errors)[0]
  const says = error
    ? html` aria-invalid="true" aria-describedby="${name}-error"${name === first ? raw(' autofocus') : ''}`
    : ''
  return html`<div class="field">
      <label for="${name}">${label}</label>
      <input id="${name}" name="${name}" value="${values[name] ?? ''}" placeholder="${placeholder}" autocomplete="${autocomplete}"
        inputmode="${numeric ? 'numeric' : 'text'}" maxlength="${name === 'name' ? 200 : 32}" required${says}>
      ${error ? html`<p class="error" id="${name}-error">${error}</p>` : ''}
    </div>`
}

const ends = {
  processing: { tone: 'busy', title: 'Payment received', path: 'M12 3a9 9 0 1 1-9 9' },
  complete: { tone: 'good', title: 'Paid', path: 'm5 12.5 4.5 4.5L19 7.5' },
  rejected: { tone: 'bad', title: 'Not accepted', path: 'M6 6l12 12M18 6 6 18' },
  expired: { tone: 'bad', title: 'This page has expired', path: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18' },
} as const

function endState(view: PageView) {
  if (view.state === 'open') return ''
  const { tone, title, path } = ends[view.state]
  return html`<section class="panel state ${tone}" role="status" ${view.state === 'processing' ? raw('data-refresh') : ''}>
  <div class="mark">${icon(path, 28, tone === 'busy' ? 'turn' : '')}</div>
  <h2>${title}</h2>
  <p>${view.sentence}</p>
  ${view.backUrl ? html`<a class="button" href="${view.backUrl}">Back to merchant</a>` : ''}
</section>`
}

const icon = (path: string, size = 18, className = '') =>
  html`<svg class="${className}" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`

const grouped = (number: string) => number.replace(/(.{4})(?=.)/g, '$1 ')
