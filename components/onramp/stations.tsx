'use client'

import type { Station } from '#components/onramp/journey.ts'
import { StationProof } from '#components/onramp/station-proof.tsx'
import { Stations as Line } from '#components/ui/stations.tsx'

/** The way of a purchase, each station with what proves it. */
export function Stations({ stations }: { stations: Station[] }) {
  return <Line label="The way of your payment" stations={stations.map(toLine)} />
}

function toLine(station: Station) {
  const { name, title, state, at, amount } = station
  return {
    name,
    title,
    state,
    at,
    amount,
    note: confirmationsOf(station),
    proof: at && <StationProof station={station} at={at} />,
  }
}

function confirmationsOf({ proof, at, state }: Station): string | undefined {
  if (!proof?.hash || !at || state === 'done') return undefined
  return `${Math.min(proof.confirmations, proof.required)} of ${proof.required} confirmations`
}
