import { AtpAgent } from '@atproto/api'

let names = 0

/** Signs somebody up and answers with their agent. Names are made unique, so that every test has its own people. */
export async function signUp(server, name = 'alice', options = {}) {
  const agent = new AtpAgent({ service: server.url, ...options })
  await agent.createAccount(credentials(name))
  return agent
}

/** A handle, an address and a password that nobody has had yet. */
export function credentials(name = 'alice', domain = '.test') {
  const handle = `${name}${++names}${domain}`
  return { handle, email: `${handle}@example.com`, password: `password of ${handle}` }
}

/** An agent without a session. */
export const anyone = (server) => new AtpAgent({ service: server.url })
