import type { Variables } from '#scripts/doctor/patient.ts'

const secret = /SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL/

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
