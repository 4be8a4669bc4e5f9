import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { reference } from '#app/docs/api/reference.ts'
import { OperationSection } from '#components/reference/operation-section.tsx'
import type { Group } from '#lib/openapi/reference.ts'

type Props = { params: Promise<{ group: string }> }

export const dynamicParams = false

export function generateStaticParams() {
  return reference.groups.map(({ slug }) => ({ group: slug }))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, description } = await groupOf(params)
  return { title: `${name}: API reference`, description }
}

export default async function ApiReferenceGroup({ params }: Props) {
  const { name, description, operations } = await groupOf(params)
  return (
    <>
      <h1 className="text-xl tracking-tight sm:text-2xl">{name}</h1>
      <p className="mt-1 mb-8 text-ink-2">{description}</p>
      {operations.map((operation) => (
        <OperationSection key={operation.id} operation={operation} />
      ))}
    </>
  )
}

async function groupOf(params: Props['params']): Promise<Group> {
  const { group: slug } = await params
  return reference.groups.find((group) => group.slug === slug) ?? notFound()
}
