import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { after, test } from 'node:test'
import { verifyJwt } from '@atproto/xrpc-server'
import { XRPCError } from '@atproto/api'
import { identities } from './lib/identities.mjs'
import { signUp } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

const appView = await startService()
const other = await startService()
const server = useServer({ PDS_BSKY_APP_VIEW_URL: appView.url, PDS_BSKY_APP_VIEW_DID: appView.did })

/** A service of another's: it has a DID, keeps what it is asked, and answers a little. */
async function startService() {
  const service = { url: '', did: '', calls: [], http: null }
  service.http = http.createServer((request, response) => answer(service, request, response)).listen(0, '127.0.0.1')
  await once(service.http, 'listening')
  const { port } = service.http.address()
  service.url = `http://127.0.0.1:${port}`
  service.did = `did:web:localhost%3A${port}`
  after(() => {
    service.http.closeAllConnections()
    service.http.close()
  })
  return service
}

function answer(service, request, response) {
  response.setHeader('content-type', 'application/json')
  if (request.url === '/.well-known/did.json')
    return response.end(JSON.stringify({ id: service.did, service: [{ id: '#example', type: 'ExampleService', serviceEndpoint: service.url }] }))
  service.calls.push({ url: request.url, headers: request.headers })
  if (request.url.includes('getPosts')) {
    response.statusCode = 400
    return response.end(JSON.stringify({ error: 'NotLikeThis', message: 'not like this' }))
  }
  response.end(JSON.stringify({ did: 'did:web:example.com', handle: 'example.com' }))
}

/** The claims, if the token is good for this service and method by the key in the caller's document. */
const verified = (call, service, lxm) =>
  verifyJwt(call.headers.authorization.slice('Bearer '.length), service.did, lxm, (did, force) => identities(server).did.resolveAtprotoKey(did, force))

test('An app that knows its PDS alone reaches the AppView', async () => {
  const alice = await signUp(server)
  alice.configureLabelers(['did:plc:ewvi7nxzyoun6zhxrhs64oiz'])

  const { data } = await alice.app.bsky.actor.getProfile({ actor: 'example.com' })

  assert.equal(data.handle, 'example.com')
  const call = appView.calls.at(-1)
  assert.equal(call.url, '/xrpc/app.bsky.actor.getProfile?actor=example.com')
  assert.match(call.headers['atproto-accept-labelers'], /did:plc:ewvi7nxzyoun6zhxrhs64oiz/)
  assert.equal((await verified(call, appView, 'app.bsky.actor.getProfile')).iss, alice.session.did)
})

test('withProxy reaches any service by its DID', async () => {
  const alice = await signUp(server)

  await alice.withProxy('example', other.did).app.bsky.actor.getProfile({ actor: 'example.com' })

  assert.equal((await verified(other.calls.at(-1), other, 'app.bsky.actor.getProfile')).iss, alice.session.did)
})

test('Refusals of a service, and of the way to it, arrive by name', async () => {
  const alice = await signUp(server)
  const refused = (status, error) => (refusal) => refusal instanceof XRPCError && refusal.status === status && refusal.error === error

  await assert.rejects(alice.app.bsky.feed.getPosts({ uris: [] }), refused(400, 'NotLikeThis'))
  await assert.rejects(alice.withProxy('nothing', other.did).app.bsky.feed.getPosts({ uris: [] }), refused(400, 'InvalidRequest'))
})
