import { answerQuestions } from '#bench/child.ts'
import { fund } from '#supabase/tests/support/purchase.ts'

/** Makes purchases of MUSD that are paid, by the app's own commands: one for each address, each with its delivery queued. */
answerQuestions({
  fund: async (buyers: string[]) => {
    for (const to of buyers) await fund({ to })
  },
})
