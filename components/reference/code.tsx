import { parse } from 'sugar-high/core'
import * as json from 'sugar-high/lang/json'
import * as python from 'sugar-high/lang/python'
import * as shell from 'sugar-high/lang/shell'
import * as typescript from 'sugar-high/lang/typescript'

const languages = { curl: shell, typescript, python, json }
export type CodeLanguage = keyof typeof languages | 'plain'

const looks: Record<string, string> = {
  string: 'text-code-text',
  keyword: 'text-code-word',
  property: 'text-code-name',
  entity: 'text-code-name',
  comment: 'text-ink-3',
  sign: 'text-ink-3',
}

/** What is longer is shown without colours: they would take longer than the reading. */
const longest = 30_000

type CodeProps = {
  /** What it is, for screen readers: a region that scrolls has a name. */
  label: string
  text: string
  language: CodeLanguage
  className?: string
}

/** A text of a language, in its colours, in a region that scrolls by itself. Its addresses can be opened. */
export function Code({ label, text, language, className }: CodeProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse.
    <section aria-label={label} tabIndex={0} className={`overflow-auto p-4 -outline-offset-2 ${className ?? ''}`}>
      <pre className="w-max min-w-full font-mono text-[0.8125rem] leading-5.5">
        <code>
          {language === 'plain' || text.length > longest ? text : <Coloured text={text} language={language} />}
        </code>
      </pre>
    </section>
  )
}

function Coloured({ text, language }: { text: string; language: keyof typeof languages }) {
  const { lines } = parse(text, languages[language])
  return lines.map((line) => (
    <span key={line.index}>
      {line.tokens.map(({ type, value }, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a token is where it is; nothing is ever moved.
        return <Token key={index} look={looks[type]} value={value} links={language === 'json'} />
      })}
      {line.index < lines.length - 1 && '\n'}
    </span>
  ))
}

function Token({ look, value, links }: { look: string | undefined; value: string; links: boolean }) {
  const address = links ? /^"(https?:\/\/[^"\s]+)"$/.exec(value)?.[1] : undefined
  if (address) {
    return (
      <span className={look}>
        "
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
        >
          {address}
        </a>
        "
      </span>
    )
  }
  return look ? <span className={look}>{value}</span> : value
}
