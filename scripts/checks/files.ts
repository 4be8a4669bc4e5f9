import { execFileSync } from 'node:child_process'

/** The files of the project as git knows them, new ones included, ignored ones not. */
export function projectFiles(...patterns: string[]): string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns], {
    encoding: 'utf8',
  })
  return [...new Set(output.split('\n').filter(Boolean))]
}
