'use client'

import { linkWords } from '#components/links/link-words.ts'
import { Badge } from '#components/ui/badge.tsx'
import { useNow } from '#components/ui/use-now.ts'
import type { Link } from '#lib/links/schema.ts'

/** Where a link stands, in a word. */
export function LinkBadge({ link }: { link: Link }) {
  const now = useNow()
  const { word, tone } = linkWords(link, 'en-US', now ?? Date.parse(link.createdAt))
  return <Badge tone={tone}>{word}</Badge>
}
