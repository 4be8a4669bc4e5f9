import type { Route } from 'next'
import { openApiDocument } from '#lib/openapi/document.ts'
import { exampleSite } from '#lib/openapi/examples.ts'
import { apiReference, type Group } from '#lib/openapi/reference.ts'

/** The whole reference, from which each page shows a part. */
export const reference = apiReference(openApiDocument(exampleSite))

/** Where a group's calls are explained. */
export function pageOf({ slug }: Group): Route {
  // Cast: generateStaticParams makes a page for every slug.
  return `/docs/api/${slug}` as Route
}
