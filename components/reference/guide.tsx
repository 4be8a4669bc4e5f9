import type { ReactNode } from 'react'
import { Anchored } from '#components/reference/anchored.tsx'
import { BaseUrl } from '#components/reference/base-url.tsx'
import { Prose } from '#components/reference/prose.tsx'
import type { Scheme } from '#lib/openapi/reference.ts'

const source = 'https://github.com/causeway-pay/causeway/blob/main'
const link = 'rounded-sm text-tide underline underline-offset-4'

/** What holds for every operation. The anchors are those of the contents. */
export const guideSections = [
  { anchor: 'start', title: 'Start here' },
  { anchor: 'authentication', title: 'Who is asking' },
  { anchor: 'repeating', title: 'Sending it again' },
  { anchor: 'errors', title: 'Refusals' },
  { anchor: 'clients', title: 'Clients' },
] as const

/** The part of the reference that is read once. */
export function Guide({ description, schemes }: { description: string; schemes: Scheme[] }) {
  const texts: Record<(typeof guideSections)[number]['anchor'], ReactNode> = {
    start: (
      <>
        <p>
          <Prose text={description} />
        </p>
        <BaseUrl />
        <p>
          Every call in this reference runs, against this very site. Begin a purchase, pay it at its{' '}
          <code>checkoutUrl</code>, follow it, and read its receipt: each step fills in the next one.
        </p>
      </>
    ),
    authentication: (
      <>
        <p>
          Much needs nobody. What belongs to someone is opened in one of these ways; a credential that fails is nobody.
        </p>
        <dl className="grid gap-3">
          {schemes.map(({ name, description: words }) => (
            <div key={name}>
              <dt className="font-mono text-sm font-medium">{name}</dt>
              <dd className="text-sm text-ink-2">
                <Prose text={words} />
              </dd>
            </div>
          ))}
        </dl>
      </>
    ),
    repeating: (
      <p>
        <Prose text="A call that makes something takes an `Idempotency-Key`: a value you make, keep with what you are buying, and send again when no answer came. The same key and body are done once and get the same answer, marked `Idempotent-Replayed: true`. Another body under the same key is refused. An answer of 5xx is never kept, so the same request can be sent again." />
      </p>
    ),
    errors: (
      <>
        <p>
          <Prose text="Every refusal is `application/problem+json` (RFC 9457). Decide by its `code`, which is stable; `title` and `detail` are sentences for people. Where waiting helps, `Retry-After` says how many seconds. Too many requests are a 429." />
        </p>
        <p>
          <a href={`${source}/docs/error-codes.md`} className={link}>
            Every code, and what to do about it
          </a>
        </p>
      </>
    ),
    clients: (
      <p>
        These pages are made from{' '}
        <a href="/api/openapi.json" className={link}>
          OpenAPI 3.1
        </a>
        , which also makes a client in any language. A typed one for TypeScript, and programs that buy MUSD with it, are
        in{' '}
        <a href={`${source}/examples/README.md`} className={link}>
          examples
        </a>
        .
      </p>
    ),
  }
  return guideSections.map(({ anchor, title }) => (
    <section key={anchor} aria-labelledby={anchor} className="max-w-160 pb-10">
      <Anchored anchor={anchor} title={title} className="text-lg" />
      <div className="mt-3 grid gap-3 text-ink-2">{texts[anchor]}</div>
    </section>
  ))
}
