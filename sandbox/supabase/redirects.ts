/** The project's own address, and the patterns of others it sends people to (`*` within a part, `**` across parts). */
export type RedirectRules = { siteUrl: string; allowed: string[] }

/** True where Supabase Auth would send a person to the address, or accept a wallet's message signed for it. */
export function isAllowedRedirect(url: string, { siteUrl, allowed }: RedirectRules): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  if (hostname === new URL(siteUrl).hostname) return true
  return allowed.some((pattern) => globPattern(pattern).test(url))
}

function globPattern(glob: string): RegExp {
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^./]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${source.join('')}$`)
}
