import { createInterface } from 'node:readline'
import { Agent } from '@atproto/api'
import { JoseKey } from '@atproto/jwk-jose'
import { NodeOAuthClient } from '@atproto/oauth-client-node'
import { store } from './store.mjs'

/**
 * The backend of an app that proves itself by a key, driven by whoever started it: a line of JSON asks, a line of JSON answers.
 * Its metadata must be at an https address, so those who start it publish them.
 */
const [serverUrl, plcUrl] = process.argv.slice(2)
const key = await JoseKey.generate(['ES256'], 'key-1')
const stores = { stateStore: store(), sessionStore: store() }
let clientMetadata, client, session

const start = () => {
  client = new NodeOAuthClient({
    clientMetadata, keyset: [key], ...stores, handleResolver: serverUrl, plcDirectoryUrl: plcUrl, allowHttp: true, requestLock: (_name, act) => act(),
  })
}

const acts = {
  jwks: () => ({ keys: [key.publicJwk] }),
  publish: (metadata) => {
    clientMetadata = metadata
    start()
  },
  authorize: async (handle) => String(await client.authorize(handle)),
  callback: async (query) => {
    session = (await client.callback(new URLSearchParams(query))).session
    return session.did
  },
  /** A backend that was started anew knows its sessions still. */
  restore: async (did) => {
    start()
    session = await client.restore(did)
    return session.did
  },
  refresh: async () => (await session.getTokenInfo(true)).scope,
  post: async (text) => (await new Agent(session).post({ text, createdAt: new Date().toISOString() })).uri,
  signOut: () => session.signOut(),
}

for await (const line of createInterface({ input: process.stdin })) {
  const { act, value } = JSON.parse(line)
  const answer = await (async () => acts[act](value))().then((done) => ({ done: done ?? null }), (error) => ({ error: String(error) }))
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
