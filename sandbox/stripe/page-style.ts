/** The card page's own look: nothing of the shop's, nothing of Stripe's, so that nobody takes it for either. */
export const pageStyle = `
@font-face { font-family: Geist; src: url(/assets/geist-sans.woff2) format("woff2"); font-weight: 100 900; font-display: swap; }
@font-face { font-family: Geist Mono; src: url(/assets/geist-mono.woff2) format("woff2"); font-weight: 100 900; font-display: swap; }
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f4f1, #131417);
  --surface: light-dark(#ffffff, #1b1d21);
  --line: light-dark(#dddcd6, #33363d);
  --edge: light-dark(#85867f, #767a85);
  --ink: light-dark(#1a1b1e, #f1f1ef);
  --soft: light-dark(#5b5d63, #a9acb4);
  --accent: light-dark(#3538a8, #a9acff);
  --on-accent: light-dark(#ffffff, #14153a);
  --accent-press: light-dark(#282a86, #c4c6ff);
  --lamp: light-dark(#7a4b00, #f3c26b);
  --lamp-ground: light-dark(#fdf1d8, #33270f);
  --brick: light-dark(#a3271b, #ff9d90);
  --brick-ground: light-dark(#fdeeec, #351a17);
  --moss: light-dark(#1d6b3a, #7fd79f);
  --moss-ground: light-dark(#e8f5ec, #14301f);
  --shadow: light-dark(0 1px 2px rgb(20 20 30 / .05), 0 1px 2px rgb(0 0 0 / .4)), 0 12px 32px light-dark(rgb(20 20 30 / .07), rgb(0 0 0 / .3));
  --mono: "Geist Mono", ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; margin: 0; }
html { -webkit-text-size-adjust: 100%; }
body {
  min-height: 100dvh; background: var(--ground); color: var(--ink);
  font: 16px/1.5 Geist, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased;
}
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.sandbox {
  display: flex; justify-content: center; align-items: center; gap: 8px; padding: 8px 16px;
  background: var(--lamp-ground); color: var(--lamp); font-size: 14px; font-weight: 550; text-align: center;
}
.sandbox svg { flex: none; }
main { max-width: 1000px; margin: 0 auto; padding: 12px 20px 0; display: grid; gap: 20px; }
.back { display: inline-flex; align-items: center; gap: 6px; font-size: 14px; color: var(--soft); text-decoration: none; padding: 4px 0; }
.back:hover { color: var(--ink); text-decoration: underline; }
.what, .total { display: block; }
.what { font-size: 16px; font-weight: 500; color: var(--soft); margin-top: 8px; overflow-wrap: anywhere; }
.total { font-size: 40px; line-height: 1.1; font-weight: 620; letter-spacing: -.02em; margin-top: 2px; }
.lines { margin-top: 12px; font-size: 14px; }
.lines div { display: flex; justify-content: space-between; gap: 24px; padding: 3px 0; }
.lines dt { color: var(--soft); }
.lines dd { text-align: right; }
.lines .sum { border-top: 1px solid var(--line); margin-top: 6px; padding-top: 9px; font-weight: 600; }
.lines .sum dt { color: var(--ink); }
.mono { font-family: var(--mono); font-size: 13px; overflow-wrap: anywhere; }
.lines summary { cursor: pointer; list-style: none; border-radius: 4px; text-decoration: underline dotted var(--edge); text-underline-offset: 4px; }
.lines summary::-webkit-details-marker { display: none; }
.lines details[open] summary { margin-bottom: 2px; }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); padding: 20px; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 600; letter-spacing: -.01em; }
.field { margin-top: 14px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
label { display: block; font-size: 14px; font-weight: 500; margin-bottom: 6px; }
input {
  width: 100%; height: 48px; padding: 0 14px; font: inherit; font-variant-numeric: tabular-nums; color: var(--ink);
  background: var(--ground); border: 1px solid var(--edge); border-radius: 10px; transition: border-color .14s, box-shadow .14s;
}
input::placeholder { color: var(--soft); opacity: .8; }
input:focus { outline: none; border-color: var(--accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--accent) 24%, transparent); }
input[aria-invalid=true] { border-color: var(--brick); }
.error { color: var(--brick); font-size: 14px; margin-top: 6px; }
.notice { display: flex; gap: 10px; border-radius: 10px; padding: 12px 14px; margin-top: 16px; font-size: 15px; }
.notice svg { flex: none; margin-top: 2px; }
.refused { background: var(--brick-ground); color: var(--brick); }
.pay { position: sticky; bottom: 0; margin: 20px -20px -20px; padding: 12px 20px 20px; background: var(--surface); border-radius: 0 0 14px 14px; z-index: 1; }
button, .button { font: inherit; cursor: pointer; }
.pay button, .button {
  display: flex; justify-content: center; align-items: center; width: 100%; min-height: 52px; padding: 0 20px; border: 0; border-radius: 10px;
  background: var(--accent); color: var(--on-accent); font-weight: 600; font-size: 17px; text-decoration: none; transition: background .14s;
}
.pay button:hover, .button:hover { background: var(--accent-press); }
.pay button[aria-disabled=true] { opacity: .65; cursor: progress; }
.cards { margin-top: 24px; padding-bottom: 32px; }
.cards h3 { font-size: 14px; font-weight: 600; }
.cards p { font-size: 14px; color: var(--soft); margin-top: 2px; }
.cards ul { list-style: none; padding: 0; margin-top: 10px; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.cards li + li { border-top: 1px solid var(--line); }
.cards button {
  display: flex; justify-content: space-between; align-items: center; flex-wrap: wrap; gap: 2px 16px; width: 100%; min-height: 44px; padding: 9px 14px;
  background: var(--surface); color: var(--ink); border: 0; text-align: left; font-size: 14px; transition: background .14s;
}
.cards button:hover { background: color-mix(in srgb, var(--accent) 8%, var(--surface)); }
.cards button:focus-visible { outline-offset: -2px; }
.cards button span:last-child { color: var(--soft); }
.state { text-align: center; padding: 40px 24px; }
.state .mark { display: grid; place-items: center; width: 56px; height: 56px; margin: 0 auto 16px; border-radius: 50%; }
.state.good .mark { background: var(--moss-ground); color: var(--moss); }
.state.bad .mark { background: var(--brick-ground); color: var(--brick); }
.state.busy .mark { background: color-mix(in srgb, var(--accent) 12%, transparent); color: var(--accent); }
.state p { color: var(--soft); margin: 8px auto 0; max-width: 42ch; }
.state .button { margin-top: 24px; }
.busy .turn { animation: turn 1s linear infinite; transform-origin: center; }
@keyframes turn { to { transform: rotate(360deg); } }
@media (min-width: 860px) {
  main { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 80px; padding-top: 64px; align-items: start; }
  .what { margin-top: 24px; font-size: 17px; }
  .lines { margin-top: 28px; font-size: 15px; }
  .lines div { padding: 7px 0; }
  .lines .sum { margin-top: 10px; padding-top: 16px; }
  .field { margin-top: 18px; }
  .summary { position: sticky; top: 40px; }
  .panel { padding: 28px; }
  .pay { position: static; margin: 24px 0 0; padding: 0; }
  .total { font-size: 52px; margin-top: 6px; }
}
@media (prefers-reduced-motion: reduce) { *, .busy .turn { transition: none; animation: none; } }
`

/** Groups digits while typing, fills in a test card, and pays once. The page works without it. */
export const pageScript = `
const form = document.querySelector('form')
if (form) {
  const { number, expiry } = form.elements
  const keepCaret = (input, shape) => input.addEventListener('input', () => {
    const digitsBefore = input.value.slice(0, input.selectionStart).replace(/\\D/g, '').length
    const next = shape(input.value.replace(/\\D/g, ''))
    if (next === input.value) return
    const atEnd = input.selectionStart === input.value.length
    input.value = next
    if (atEnd) return
    let at = 0
    for (let seen = 0; seen < digitsBefore; at += 1) if (/\\d/.test(next[at] ?? '0')) seen += 1
    input.setSelectionRange(at, at)
  })
  keepCaret(number, (digits) => digits.slice(0, 19).replace(/(.{4})(?=.)/g, '$1 '))
  keepCaret(expiry, (digits) => digits.length > 2 ? digits.slice(0, 2) + ' / ' + digits.slice(2, 4) : digits)
  for (const button of document.querySelectorAll('[data-card]')) button.addEventListener('click', () => {
    number.value = button.dataset.card.replace(/(.{4})(?=.)/g, '$1 ')
    expiry.value = '12 / 34'
    form.elements.cvc.value = '123'
    if (!form.elements.name.value) form.elements.name.value = 'Ada Lovelace'
    form.querySelector('.pay button').focus()
  })
  form.addEventListener('submit', (event) => {
    const button = form.querySelector('.pay button')
    if (button.getAttribute('aria-disabled') === 'true') return event.preventDefault()
    button.setAttribute('aria-disabled', 'true')
    button.textContent = 'Paying…'
  })
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
}
if (document.querySelector('[data-refresh]')) setTimeout(() => location.reload(), 1500)
`
