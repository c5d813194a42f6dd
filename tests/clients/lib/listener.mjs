import { Firehose, MemoryRunner } from '@atproto/sync'
import { identities } from './identities.mjs'

const patience = 20_000

/**
 * Follows the firehose as the SDK does, with every check it has: signatures, proofs, handles. Keeps the events and the complaints.
 * Without a cursor it hears what happens from now on; ready() says when it hears.
 */
export class Listener {
  events = []
  errors = []
  #waiting = new Set()

  constructor(server, cursor) {
    this.runner = new MemoryRunner({ startCursor: cursor, concurrency: 4 })
    this.firehose = new Firehose({
      service: server.url.replace(/^http/, 'ws'),
      idResolver: identities(server),
      runner: this.runner,
      handleEvent: (event) => {
        this.events.push(event)
        for (const check of this.#waiting) check()
      },
      onError: (error) => this.errors.push(error),
    })
    this.firehose.start()
  }

  /** The events of one account, as soon as there are so many of them. */
  async of(did, count) {
    const found = () => this.events.filter((event) => event.did === did)
    await new Promise((resolve, reject) => {
      const done = (settle, value) => {
        clearTimeout(timer)
        this.#waiting.delete(check)
        settle(value)
      }
      const check = () => found().length >= count && done(resolve)
      const timer = setTimeout(
        () => done(reject, new Error(`${found().length} of ${count} events came: ${found().map(({ event }) => event)}; ${this.errors.map((error) => error.stack)}`)), patience)
      this.#waiting.add(check)
      check()
    })
    return found()
  }

  async close() {
    await this.firehose.destroy()
    await this.runner.destroy()
  }
}
