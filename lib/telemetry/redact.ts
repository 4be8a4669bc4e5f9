type Variables = Record<string, string | undefined>

const secret = /SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL|WEBHOOK_URL|SMTP_URL|HEADERS/

/** Replaces the value of every secret variable, and the password in a URL, wherever it occurs in a text. */
export function redactor(variables: Variables): (text: string) => string {
  const values = Object.entries(variables).flatMap(([name, value = '']) => {
    if (!secret.test(name)) return []
    const password = URL.parse(value)?.password ?? ''
    return [value, ...value.split(','), password, decode(password)].filter((part) => part.length >= 8)
  })
  const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((result, value) => result.replaceAll(value, '(hidden)'), text)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What is never written down, by its form. An address on the net keeps its host: nodes' paths hold keys, ours hold ids. */
const forms: [form: RegExp, instead: string][] = [
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/?#@"'<>]*@)?([^\s/?#"'<>)\]},]+)[/?#][^\s"'<>)\]},]+/gi, '$1$2/…'],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]+@/gi, '$1'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 (hidden)'],
  [/\b(?:TEST|LIVE)_API_KEY:[\w-]+:[\w-]+/g, '(hidden)'],
  [/\b(?:sk|rk)_\w+|\bwhsec_[\w+/=]+|\bcos_\w+_secret_\w+|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '(hidden)'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '(hidden)'],
  // The secret in a payment's link is 43 of these characters. Hashes and names of constraints are not in both cases.
  [/(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{43,}/g, '(hidden)'],
  [/[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g, '(email)'],
]

/** Nobody reads on, and what a stranger can make long is not looked through for long. */
const maxLength = 8000

let known: ((text: string) => string) | undefined

/**
 * A text without what must not leave this process in a log line, a span or a stored error: this process's own secrets, and
 * what looks like anybody's. A second line of defence: whoever writes a text leaves them out by himself.
 */
export function redact(text: string): string {
  known ??= redactor(process.env)
  return forms.reduce((result, [form, instead]) => result.replace(form, instead), known(text.slice(0, maxLength)))
}
