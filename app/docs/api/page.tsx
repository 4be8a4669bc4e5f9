import type { Metadata } from 'next'
import { Anchored } from '#components/reference/anchored.tsx'
import { Contents, type EntryGroup } from '#components/reference/contents.tsx'
import { Guide, guideSections } from '#components/reference/guide.tsx'
import { OperationSection } from '#components/reference/operation-section.tsx'
import { ReferenceValues } from '#components/reference/values.tsx'
import { openApiDocument } from '#lib/openapi/document.ts'
import { exampleSite } from '#lib/openapi/examples.ts'
import { apiReference, type Operation } from '#lib/openapi/reference.ts'

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every call of the Causeway API, with code that runs.',
}

export default function ApiReference() {
  const { description, groups, schemes } = apiReference(openApiDocument(exampleSite))
  const contents: EntryGroup[] = [
    { name: 'Guide', entries: guideSections.map((section) => ({ ...section, words: section.title.toLowerCase() })) },
    ...groups.map(({ name, operations }) => ({ name, entries: operations.map(entryOf) })),
  ]
  return (
    <ReferenceValues>
      <div className="mx-auto w-full max-w-360 gap-10 px-4 sm:px-6 xl:flex">
        <Contents groups={contents} />
        <main id="main" className="min-w-0 flex-1 py-8">
          <h1 className="mb-8 text-xl tracking-tight sm:text-2xl">API reference</h1>
          <Guide description={description} schemes={schemes} />
          {groups.map((group) => (
            <div key={group.name}>
              <div className="pt-6 pb-6">
                <Anchored level={2} anchor={group.anchor} title={group.name} className="text-xl" />
                <p className="mt-1 text-ink-2">{group.description}</p>
              </div>
              {group.operations.map((operation) => (
                <OperationSection key={operation.id} operation={operation} />
              ))}
            </div>
          ))}
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
