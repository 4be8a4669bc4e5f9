import { errorText } from '#lib/log.ts'
import { redactor } from '#lib/telemetry/redact.ts'
import { type Check, type Finding, fail, type Group, skip, type Verdict } from '#scripts/doctor/check.ts'
import { groupsFor } from '#scripts/doctor/groups.ts'
import { admit, type Patient, type Variables } from '#scripts/doctor/patient.ts'

/**
 * Looks at everything that the variables point to and returns what was found, in order. Changes nothing, nowhere. No finding
 * holds a secret: whatever a provider or driver says is stripped of them.
 */
export async function diagnose(variables: Variables): Promise<Finding[]> {
  const patient = admit(variables)
  const redact = redactor(variables)
  try {
    const groups = await Promise.all(groupsFor(patient).map((group) => lookAt(group, patient)))
    return groups.flat().map((finding) => ({
      ...finding,
      seen: redact(finding.seen),
      ...(finding.step === undefined ? {} : { step: redact(finding.step) }),
    }))
  } finally {
    await patient.end()
  }
}

/** The checks of one group, one after the other. */
async function lookAt({ title, checks, gated }: Group, patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = []
  let gate: string | undefined
  for (const [index, check] of checks.entries()) {
    const verdicts = gate === undefined ? await examine(check, patient) : [skip(`not asked: see ${gate}`)]
    if (gated && index === 0 && verdicts.every(({ state }) => state === 'fail' || state === 'skip')) gate = check.name
    for (const verdict of verdicts) findings.push({ ...verdict, group: title, name: verdict.of ?? check.name })
  }
  return findings
}

/** What the driver says of a database that it did not get into. The check of the login explains it; no other has to. */
const unreached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_\w+|28\w{3}|3D000|\w*(CERT|VERIFY)\w*)$/

function isUnreached(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unreached.test(String(error.code))
}

/** One check, or why it cannot be made. */
export async function examine(check: Check, patient: Patient): Promise<Verdict[]> {
  const missing = (check.needs ?? []).filter((name) => patient.values[name] === undefined)
  if (missing.length > 0) return [skip(`not asked: it needs ${missing.join(' and ')}`)]
  try {
    return [await check.look(patient)].flat()
  } catch (error) {
    if (isUnreached(error)) return [skip('not asked: see Database, login')]
    return [fail(`could not be looked at: ${errorText(error)}`, 'Mend what stands above first, and ask again.')]
  }
}
