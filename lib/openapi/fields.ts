import type { oas31 } from 'zod-openapi'

type Schema = oas31.SchemaObject | oas31.ReferenceObject

/** One field of a body, as a reader sees it. */
export type Field = {
  name: string
  /** Such as `string`, `uuid or null`, `array of objects`. */
  type: string
  required: boolean
  description: string
  /** The values it may have, where they are few and fixed. */
  values: string[]
  /** Bounds and the default, in words. */
  bounds: string[]
  fields: Field[]
}

/** The fields of an object's schema; of an array's, those of its items. Nothing for a schema that has none. */
export function fieldsOf(schema: Schema | undefined, document: oas31.OpenAPIObject): Field[] {
  const { schema: object } = withoutNull(resolve(schema, document), document)
  if (object.type === 'array' && object.items) return fieldsOf(object.items, document)
  return Object.entries(object.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property, object.required?.includes(name) ?? false, document),
  )
}

/** A named value with its schema, such as a parameter. */
export function fieldOf(
  name: string,
  property: Schema | undefined,
  required: boolean,
  document: oas31.OpenAPIObject,
): Field {
  const outer = resolve(property, document)
  const { schema, nullable } = withoutNull(outer, document)
  const items = schema.type === 'array' ? withoutNull(resolve(schema.items, document), document).schema : undefined
  return {
    name,
    type: `${typeName(schema, items)}${nullable ? ' or null' : ''}`,
    required,
    description: outer.description ?? schema.description ?? '',
    values: (schema.enum ?? items?.enum ?? []).map(String),
    bounds: boundsOf(schema),
    fields: fieldsOf(schema, document),
  }
}

function resolve(schema: Schema | undefined, document: oas31.OpenAPIObject): oas31.SchemaObject {
  if (!schema) return {}
  // What a property says of itself counts before what is said where its schema is defined.
  const { $ref, ...own } = schema as oas31.SchemaObject
  if ($ref === undefined) return own
  const named = document.components?.schemas?.[$ref.split('/').pop() ?? '']
  if (!named) throw new Error(`${$ref} is not in the document.`)
  return { ...resolve(named, document), ...own }
}

/** In JSON Schema a value that may be null is one type of two, or one schema of two. */
function withoutNull(
  schema: oas31.SchemaObject,
  document: oas31.OpenAPIObject,
): { schema: oas31.SchemaObject; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    const [type, ...others] = schema.type.filter((name) => name !== 'null')
    if (type && others.length === 0) return { schema: { ...schema, type }, nullable: true }
  }
  const choices = schema.anyOf?.map((choice) => resolve(choice, document))
  const [choice, ...others] = choices?.filter(({ type }) => type !== 'null') ?? []
  if (choice && others.length === 0) return { schema: choice, nullable: true }
  return { schema, nullable: false }
}

function typeName({ type, format }: oas31.SchemaObject, items: oas31.SchemaObject | undefined): string {
  if (items) return `array of ${items.type === 'object' ? 'objects' : `${typeName(items, undefined)}s`}`
  if (format === 'uuid') return 'UUID'
  if (format === 'date-time') return 'time'
  return typeof type === 'string' ? type : 'any'
}

function boundsOf({ minimum, maximum, maxLength, default: usual }: oas31.SchemaObject): string[] {
  return [
    ...(minimum !== undefined && maximum !== undefined && maximum < 1e9 ? [`${minimum} to ${maximum}`] : []),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(usual === undefined ? [] : [`${usual} unless you say otherwise`]),
  ]
}
