'use client'

import { useEffect, useState } from 'react'

const settleMilliseconds = 250

/** A value once it has stopped changing, so that not every key pressed is a question. The first one counts at once. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMilliseconds)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
