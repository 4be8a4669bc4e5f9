export type FormValue = string | FormValue[] | { [key: string]: FormValue }
export type FormFields = { [key: string]: FormValue }

/** Reads `a=1&b[c]=2&d[0]=3&d[]=4` as Stripe does: brackets nest, numbered or empty brackets make a list. */
export function parseForm(text: string): FormFields {
  const tree: Tree = new Map()
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [name.split('[')[0] ?? '', ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')]
    plant(tree, path, value)
  }
  return Object.fromEntries([...tree].map(([key, branch]) => [key, toValue(branch)]))
}

type Tree = Map<string, Tree | string>

function plant(tree: Tree, [head = '', ...rest]: string[], value: string): void {
  const key = head === '' ? String(tree.size) : head
  if (rest.length === 0) {
    tree.set(key, value)
    return
  }
  const branch = tree.get(key)
  const next: Tree = branch instanceof Map ? branch : new Map()
  tree.set(key, next)
  plant(next, rest, value)
}

function toValue(branch: Tree | string): FormValue {
  if (typeof branch === 'string') return branch
  const keys = [...branch.keys()]
  const isList = keys.length > 0 && keys.every((key, index) => key === String(index))
  if (isList) return [...branch.values()].map(toValue)
  return Object.fromEntries([...branch].map(([key, value]) => [key, toValue(value)]))
}
