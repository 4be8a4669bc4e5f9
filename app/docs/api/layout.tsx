import type { ReactNode } from 'react'
import { pageOf, reference } from '#app/docs/api/reference.ts'
import { Contents, type EntryGroup } from '#components/reference/contents.tsx'
import { guideSections } from '#components/reference/guide.tsx'
import { ReferenceValues } from '#components/reference/values.tsx'
import type { Operation } from '#lib/openapi/reference.ts'

const contents: EntryGroup[] = [
  {
    name: 'Guide',
    page: '/docs/api',
    entries: guideSections.map((section) => ({ ...section, words: section.title.toLowerCase() })),
  },
  ...reference.groups.map((group) => ({
    name: group.name,
    page: pageOf(group),
    entries: group.operations.map(entryOf),
  })),
]

/** What an earlier call has told is kept from page to page, so that a purchase can be followed through all of them. */
export default function ApiReferenceLayout({ children }: { children: ReactNode }) {
  return (
    <ReferenceValues>
      <div className="mx-auto w-full max-w-360 gap-10 px-4 sm:px-6 xl:flex">
        <Contents groups={contents} />
        <main id="main" className="min-w-0 flex-1 py-8">
          {children}
        </main>
      </div>
    </ReferenceValues>
  )
}

/** An operation in the contents, found by its name, path, parameters, fields and codes. */
function entryOf({
  anchor,
  summary,
  method,
  path,
  parameters,
  body,
  answer,
  refusals,
}: Operation): EntryGroup['entries'][number] {
  const names = [...parameters, ...(body?.fields ?? []), ...answer.fields].map(({ name }) => name)
  const words = [summary, method, path, ...names, ...refusals.flatMap(({ codes }) => codes)]
  return { anchor, title: summary, method, words: words.join(' ').toLowerCase() }
}
