'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Section } from '#components/account/section.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Changes } from '#components/guards/changes.tsx'
import { faultOf } from '#components/guards/draft.ts'
import { History } from '#components/guards/history.tsx'
import { PolicyBox } from '#components/guards/policy-box.tsx'
import { Presets } from '#components/guards/presets.tsx'
import { Replay } from '#components/guards/replay.tsx'
import { RuleList } from '#components/guards/rule-list.tsx'
import { SaveBar } from '#components/guards/save-bar.tsx'
import { Simulator, type TrialWallet } from '#components/guards/simulator.tsx'
import { useReplay } from '#components/guards/use-replay.ts'
import { useRules } from '#components/guards/use-rules.ts'
import { Notice } from '#components/ui/notice.tsx'
import { diffGuards } from '#lib/guards/diff.ts'
import type { Guard, GuardSet } from '#lib/guards/schema.ts'

type StudioProps = {
  /** Where these guards are read and set: an agent's, or the person's. */
  path: string
  set: GuardSet
  versions: GuardSet[]
  moreVersions: boolean
  wallets: TrialWallet[]
  contacts: string[]
}

/** Rules are edited here, tried on a payment and on the past, and saved when the person says so. */
export function Studio({ path, set: loaded, versions, moreVersions, wallets, contacts }: StudioProps) {
  const router = useRouter()
  const [saved, setSaved] = useState(loaded)
  const { rules, guards, change, remove, add, replace } = useRules(loaded.guards)
  const { send, busy, failure, forget } = useSend<GuardSet>()
  const whole = guards.every((guard) => faultOf(guard) === null)
  const changes = diffGuards(saved.guards, guards).length
  const replay = useReplay(`${path}/replay`, whole ? guards : null, saved.version)

  async function save() {
    const answer = await send({ method: 'PUT', path, body: { guards, version: saved.version } })
    if (!answer) return
    setSaved(answer)
    replace(answer.guards)
    router.refresh()
  }
  function discard() {
    replace(saved.guards)
    forget()
  }

  return (
    <>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Section title="Rules" lead="All of them are asked. One that refuses outweighs those that ask you.">
            <RuleList rules={rules} onChange={change} onRemove={remove} onAdd={(guard) => add([guard])} />
            <Unlimited guards={guards} />
          </Section>
          <Section title="In your own words">
            <PolicyBox onAdd={add} onReplace={replace} />
          </Section>
          <Section title="Begin with" lead="Takes the place of the rules above; nothing is saved until you say so.">
            <Presets onChoose={replace} />
          </Section>
          <Section title="Versions">
            <History versions={versions} more={moreVersions} onUse={replace} />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          {changes > 0 && (
            <Section title="Not saved yet">
              <Changes saved={saved.guards} edited={guards} />
            </Section>
          )}
          <Section title="Try a payment" lead="By the rules as they stand here, saved or not. Nothing is paid.">
            <Simulator
              path={`${path}/simulation`}
              wallets={wallets}
              contacts={contacts}
              guards={whole ? guards : null}
            />
          </Section>
          <Section title="What it would have meant" lead="The latest payments, judged again by these rules.">
            <Replay {...replay} whole={whole} changed={changes > 0} />
          </Section>
        </div>
      </div>
      {changes > 0 && (
        <SaveBar changes={changes} whole={whole} busy={busy} failure={failure} onSave={save} onDiscard={discard} />
      )}
    </>
  )
}

/** Rules without an upper end let everything through that a wallet holds; that is said. */
function Unlimited({ guards }: { guards: Guard[] }) {
  const held = guards.some(
    (guard) =>
      guard.type === 'budget' ||
      (guard.type === 'single_payment' && guard.max !== undefined) ||
      guard.type === 'approval',
  )
  if (held || guards.length === 0) return null
  return (
    <Notice tone="attention" title="Nothing here limits how much" className="mx-5 mb-5">
      Without a budget, a limit of one payment, or an approval, whatever the wallet holds may be paid.
    </Notice>
  )
}
