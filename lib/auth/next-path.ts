const fallback = '/activity'

/**
 * Where to go after signing in: the given path when it is one of this site's pages, else Activity. Other sites are
 * refused in every spelling (`//host`, `/\host`, `https:`, hidden control characters), as are sign-in itself and the API.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 2000) return fallback
  // A URL parser drops tabs and line breaks and reads a backslash as a slash, so neither may be in a path.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f\u007f\\]/.test(next)) return fallback
  const site = 'http://site.invalid'
  if (!URL.canParse(next, site)) return fallback
  const url = new URL(next, site)
  // `/.//host` comes out of the parser as `//host`.
  if (url.origin !== site || url.pathname.startsWith('//')) return fallback
  if (/^\/(sign-in|api)(\/|$)/.test(url.pathname)) return fallback
  return `${url.pathname}${url.search}${url.hash}`
}
