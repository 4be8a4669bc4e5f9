import type { ReactNode } from 'react'
import { Anchored } from '#components/reference/anchored.tsx'
import { OperationConsole } from '#components/reference/console.tsx'
import { FieldList } from '#components/reference/field-list.tsx'
import { Method } from '#components/reference/method.tsx'
import { Prose } from '#components/reference/prose.tsx'
import type { Operation } from '#lib/openapi/reference.ts'

const places = { path: 'In the path', query: 'In the query', header: 'Headers' } as const

const callers: Record<string, string> = {
  sessionSecret: 'the session’s secret',
  apiKey: 'an agent’s API key',
  accessToken: 'an access token',
  sessionCookie: 'a signed-in browser',
  stripeSignature: 'Stripe’s signature',
}

/** All about one operation: what it does and takes and gives, and beside it the call that runs. */
export function OperationSection({ operation }: { operation: Operation }) {
  const { anchor, answer, body, description, method, parameters, path, refusals, summary } = operation
  const codes = new Set(refusals.flatMap((refusal) => refusal.codes))
  return (
    <section
      aria-labelledby={anchor}
      className="grid gap-x-12 gap-y-8 border-line border-t py-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
    >
      <div className="min-w-0">
        <Anchored anchor={anchor} title={summary} className="text-lg" />
        <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 font-mono text-sm">
          <Method method={method} />
          <span className="break-all text-ink-2">{path}</span>
        </p>
        <p className="mt-4 text-ink-2">
          <Prose text={description} />
        </p>
        <p className="mt-3 text-sm text-ink-3">{callersOf(operation)}</p>

        {(['path', 'query', 'header'] as const).map((place) => {
          const fields = parameters.filter((parameter) => parameter.in === place)
          return (
            fields.length > 0 && (
              <Part key={place} title={places[place]}>
                <FieldList request fields={fields} />
              </Part>
            )
          )
        })}
        {body && (
          <Part title="Body">
            <FieldList request fields={body.fields} />
          </Part>
        )}
        {(answer.fields.length > 0 || answer.description) && (
          <Part title={`Answer ${answer.status}`}>
            <p className="mb-2 text-sm text-ink-2">
              <Prose text={answer.description} />
            </p>
            {answer.fields.length > 0 && <FieldList fields={answer.fields} />}
            {answer.headers.length > 0 && (
              <div className="mt-4">
                <p className="mb-2 text-xs text-ink-3">Its headers</p>
                <FieldList fields={answer.headers} />
              </div>
            )}
          </Part>
        )}
        {codes.size > 0 && (
          <Part title="Refusals">
            <ul className="grid gap-2 text-sm">
              {refusals.map(({ status, codes: these }) => (
                <li key={status} className="grid grid-cols-[2.5rem_1fr] gap-2">
                  <span className="font-mono text-ink-3 leading-6">{status}</span>
                  <span className="flex flex-wrap gap-1">
                    {these.map((code) => (
                      <a
                        key={code}
                        href={`https://github.com/causeway-pay/causeway/blob/main/docs/error-codes.md#${code}`}
                        className="rounded-sm bg-sunk px-1.5 py-0.5 font-mono text-xs leading-5 text-ink-2 hover:text-ink"
                      >
                        {code}
                      </a>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </Part>
        )}
      </div>
      <div className="min-w-0">
        <div className="lg:sticky lg:top-6">
          <OperationConsole operation={operation} />
        </div>
      </div>
    </section>
  )
}

function callersOf({ openToAll, security }: Operation): string {
  const ways = security.map((name) => callers[name] ?? name)
  const list = ways.length > 1 ? `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}` : (ways[0] ?? '')
  if (openToAll) return ways.length > 0 ? `Open to everyone; a person is known by ${list}.` : 'Open to everyone.'
  return `Needs ${list}.`
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-8">
      <h3 className="mb-2 text-sm font-semibold">{title}</h3>
      {children}
    </div>
  )
}
