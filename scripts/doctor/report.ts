import type { Finding, State } from '#scripts/doctor/check.ts'

const marks: Record<State, string> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', skip: '–   ' }
const colours: Record<State, number> = { ok: 32, warn: 33, fail: 31, skip: 90 }

/** A table of what was seen, group by group, and then the steps that mend what is not right, failures first. */
export function report(findings: Finding[], { colour }: { colour: boolean }): string {
  const paint = (state: State, text: string) => (colour ? `\u001b[${colours[state]}m${text}\u001b[0m` : text)
  const width = Math.max(...findings.map(({ name }) => name.length))
  const groups = [...new Set(findings.map(({ group }) => group))]
  const table = groups.flatMap((group) => [
    '',
    group,
    ...findings
      .filter((finding) => finding.group === group)
      .map(({ state, name, seen }) => `  ${paint(state, marks[state])}  ${name.padEnd(width)}  ${seen}`),
  ])
  const steps = [...byState(findings, 'fail'), ...byState(findings, 'warn')].map(
    ({ state, group, name, step = '' }, index) => `  ${index + 1}. ${paint(state, `${group}, ${name}`)}: ${step}`,
  )
  return [...table, '', ...(steps.length > 0 ? ['What to do', ...steps, ''] : []), summary(findings)].join('\n')
}

function byState(findings: Finding[], state: State): Finding[] {
  return findings.filter((finding) => finding.state === state)
}

function summary(findings: Finding[]): string {
  const count = (state: State) => byState(findings, state).length
  const counts = `${count('ok')} right, ${count('warn')} to look at, ${count('fail')} wrong, ${count('skip')} not asked.`
  return count('fail') > 0 ? `Not ready: ${counts}` : `Ready: ${counts}`
}
