import { html } from 'hono/html'
import type { AddressView, TransactionView, TransferView } from '#sandbox/chain/ledger-view.ts'

type Html = ReturnType<typeof html>

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
  body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
  header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; border-bottom: 1px solid #8884; }
  header p { margin: 0 0 1rem; color: light-dark(#555, #aaa); }
  h1 { font-size: 1.5rem; }
  h2 { font-size: 1.1rem; margin-top: 2rem; }
  a { color: light-dark(#0b57d0, #8ab4f8); }
  code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.5rem; }
  dt { color: light-dark(#555, #aaa); }
  dd { margin: 0; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; white-space: nowrap; }
  th, td { text-align: left; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid #8884; }
  th { font-weight: 500; color: light-dark(#555, #aaa); }
  @media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .75rem; } }
`

function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Sandbox explorer</title>
  <style>${style}</style>
</head>
<body>
  <header>
    <p><a href="/">Sandbox explorer</a></p>
    <p>The local chain of this machine. Nothing here is worth anything.</p>
  </header>
  <main><h1>${title}</h1>${content}</main>
</body>
</html>`
}

function short(text: string): string {
  return `${text.slice(0, 8)}…${text.slice(-6)}`
}

function addressLink(address: string): Html {
  return html`<a href="/address/${address}"><code>${address}</code></a>`
}

function transferTable(transfers: TransferView[]): Html {
  if (transfers.length === 0) return html`<p>No transfers of MUSD or USDC.</p>`
  const rows = transfers.map(
    ({ hash, block, symbol, amount, from, to }) => html`<tr>
      <td><a href="/tx/${hash}"><code>${short(hash)}</code></a></td>
      <td>${amount} ${symbol}</td>
      <td><a href="/address/${from}"><code>${short(from)}</code></a></td>
      <td><a href="/address/${to}"><code>${short(to)}</code></a></td>
      <td>${block.toString()}</td>
    </tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Transfers"><table>
    <thead><tr><th>Transaction</th><th>Amount</th><th>From</th><th>To</th><th>Block</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`
}

/** The latest transfers. */
export function homePage(transfers: TransferView[]): Html {
  return page('Latest transfers', transferTable(transfers))
}

/** A sentence instead of a result. */
export function messagePage(sentence: string): Html {
  return page('Nothing to show', html`<p>${sentence}</p>`)
}

/** What an address holds, and its transfers. */
export function addressPage({ address, balances, transfers }: AddressView): Html {
  const held = balances.map(({ symbol, amount }) => html`<dt>${symbol}</dt><dd>${amount}</dd>`)
  return page(
    'Address',
    html`<p><code>${address}</code></p><dl>${held}</dl><h2>Transfers</h2>${transferTable(transfers)}`,
  )
}

const statuses = { pending: 'Waiting for a block', success: 'Succeeded', reverted: 'Reverted' }

/** A transaction: where it is, what it cost, what it moved. */
export function transactionPage(view: TransactionView): Html {
  const { block } = view
  const included = block
    ? html`<dt>Block</dt><dd>${block.number.toString()} <code>${block.hash}</code></dd>
      <dt>Time</dt><dd><time datetime="${block.at.toISOString()}">${block.at.toUTCString()}</time></dd>
      <dt>Confirmations</dt><dd>${block.confirmations.toString()}</dd>
      <dt>Fee</dt><dd>${view.fee}</dd>`
    : ''
  const moved = block ? html`<h2>Transfers</h2>${transferTable(view.transfers)}` : ''
  return page(
    'Transaction',
    html`<dl>
      <dt>Hash</dt><dd><code>${view.hash}</code></dd>
      <dt>Status</dt><dd>${statuses[view.status]}</dd>
      <dt>From</dt><dd>${addressLink(view.from)}</dd>
      <dt>To</dt><dd>${view.to === null ? 'A new contract' : addressLink(view.to)}</dd>
      <dt>Nonce</dt><dd>${view.nonce}</dd>
      ${included}
    </dl>${moved}`,
  )
}
