import { makeDraft } from '#lib/chat/actions/draft.ts'
import { proposeOrder } from '#lib/chat/actions/propose.ts'
import { paymentInQuestion, showContacts, showPayments, showWallet } from '#lib/chat/actions/read.ts'
import { simulate } from '#lib/chat/actions/simulate.ts'
import { readInvoice } from '#lib/chat/invoice.ts'
import { nearest } from '#lib/chat/recipient.ts'
import { type ChatRequest, pointsAtDocument, requestOf } from '#lib/chat/requests.ts'
import { foresee, tell, verdictOf } from '#lib/chat/sentences.ts'
import { knownIn, type Turn } from '#lib/chat/turn.ts'

const examples =
  'I understand: "Pay $10 to Merchant", "What is my balance?", "Show my payments", "Would $200 to Merchant pass?", "Why was that refused?", "Who can I pay?", "Make a link for $25", and invoices pasted as text.'

/** Answers by rules alone: the common sentences, always the same way, without a language model. */
export async function answerByRules(turn: Turn): Promise<void> {
  const { words, ordered, answer } = turn
  if (ordered.kind === 'unclear') return answer.say(ordered.sentence)
  if (ordered.kind === 'half') return answer.say(askForRest(ordered.half.recipient))
  if (ordered.kind === 'orders') return payAll(turn, ordered.orders.length)
  if (words.documents.length > 0) return answerDocuments(turn)
  const known = knownIn(turn)
  const request = requestOf(words.own, known)
  if (request.kind === 'unknown' && pointsAtDocument(words.own)) {
    return answer.say('Paste the text of the invoice here, and I will make a draft of it for you to confirm.')
  }
  return answerRequest(turn, request)
}

function askForRest(recipient: string | undefined): string {
  return recipient === undefined
    ? 'To whom? Name a contact, a handle, or a whole address.'
    : `How much to ${recipient}?`
}

async function payAll(turn: Turn, count: number): Promise<void> {
  for (let place = 0; place < count; place++) {
    const { intent, problem } = await proposeOrder(turn, place)
    turn.answer.say(intent ? verdictOf(intent) : `Not paid. ${problem.detail}${suggestion(turn, place, problem.code)}`)
  }
}

function suggestion({ ordered, contacts }: Turn, place: number, code: string): string {
  const name = ordered.kind === 'orders' ? ordered.orders[place]?.recipient : undefined
  if (code !== 'unknown_recipient' || name === undefined) return ''
  const near = nearest(
    name,
    contacts.map((contact) => contact.name),
  )
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
}

async function answerDocuments(turn: Turn): Promise<void> {
  const { contacts, answer, words } = turn
  for (const document of words.documents) {
    const { recipients, amounts, about, impersonated } = readInvoice(document, contacts)
    const [recipient] = recipients
    const [money] = amounts
    if (!recipient || !money) {
      const missing = recipient ? 'an amount in dollars' : money ? 'whom to pay' : 'an amount or whom to pay'
      answer.say(
        `I read this as a document and found no order in it to make a draft of: it does not say ${missing}. To pay, say it in one line of your own.`,
      )
    } else if (recipients.length > 1 || amounts.length > 1) {
      const several = recipients.length > 1 ? `${recipients.length} recipients` : `${amounts.length} totals`
      answer.say(
        `This document names ${several}, and I do not choose. Say in a line of your own what to pay, and to whom.`,
      )
    } else {
      const warnings = impersonated.map(
        (name) => `It names ${name}, but this is not the address you saved for ${name}.`,
      )
      const { problem } = await makeDraft(turn, { recipient, ...money, purpose: about, readBy: 'rules', warnings })
      answer.say(
        problem
          ? `This cannot be paid. ${problem.detail}`
          : 'This is what the document asks for. Nothing is paid unless you confirm it.',
      )
    }
  }
}

async function answerRequest(turn: Turn, request: ChatRequest): Promise<void> {
  const { answer, agent, wallet } = turn
  switch (request.kind) {
    case 'unclear':
      return answer.say(request.sentence)
    case 'simulate':
      for (const order of request.orders) {
        const { simulation, problem } = await simulate(turn, order)
        answer.say(simulation ? foresee(order, simulation) : `It would not be taken. ${problem.detail}`)
      }
      return
    case 'balance': {
      const { balances } = await showWallet(turn)
      const some = balances.filter(({ available }) => /[1-9]/.test(available))
      const available = some.map((each) => `${each.available} ${each.asset}`).join(' and ')
      return answer.say(`${agent.name} can spend ${available || 'nothing yet'}.`)
    }
    case 'payments': {
      const intents = await showPayments(turn, request)
      return answer.say(intents.length > 0 ? 'The newest payments:' : 'There are no such payments.')
    }
    case 'why': {
      const asked = await paymentInQuestion(turn)
      if (!asked) return answer.say('There are no payments yet.')
      if ('detail' in asked) return answer.say(asked.detail)
      answer.show('payment', { intent: asked, fee: null })
      return answer.say(tell(asked))
    }
    case 'receipt':
      return answer.say('Every payment that arrived has a receipt: open the payment, and it is at its end.')
    case 'contacts':
      return answer.say(
        showContacts(turn).length > 0
          ? 'These are your contacts.'
          : 'You have no contacts yet. Save one under Contacts.',
      )
    case 'link':
      answer.show('link', { amount: request.amount, walletId: wallet.id })
      return answer.say('You make it yourself: with the button, it is made at once.')
    case 'confirm':
      return answer.say(
        'There is no single draft just above that this could mean. Use the button on the draft, or say what to pay.',
      )
    case 'approve':
      return answer.say(
        'Approving and denying is done with the buttons on the payment itself, where you see exactly what will be paid.',
      )
    case 'cancel':
      return answer.say(
        'Open the payment to cancel it. What has already arrived can only be sent back by its recipient.',
      )
    case 'guards':
      return answer.say(`What ${agent.name} may pay is set under its guards, and only you can change it. I cannot.`)
    case 'freeze':
      return answer.say(`Freezing ${agent.name} is one click on its page. Nothing moves after that.`)
    case 'thanks':
      return answer.say('You are welcome.')
    case 'help':
      return answer.say(examples)
    case 'unknown':
      return answer.say(`I did not understand that, and did nothing. ${examples}`)
  }
}
