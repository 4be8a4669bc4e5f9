/**
 * A text as an SQL expression, for statements that go without parameters: the driver asks Postgres for a parameter's type
 * first, which costs a round trip. It travels as base64, so nothing of it can be read as SQL.
 */
export function literal(text: string): string {
  return `convert_from(decode('${Buffer.from(text).toString('base64')}', 'base64'), 'UTF8')`
}
