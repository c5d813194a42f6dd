import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { AtpAgent } from '@atproto/api'
import { useServer } from './lib/server.mjs'
import { anyone, credentials, signUp } from './lib/people.mjs'

const server = useServer({ PDS_ENABLE_DID_DOC_WITH_SESSION: 'true' })

test('An agent creates an account and is signed in', async () => {
  const person = credentials()
  const agent = anyone(server)

  await agent.createAccount(person)

  assert.match(agent.session.did, /^did:plc:[a-z2-7]{24}$/)
  assert.equal(agent.session.handle, person.handle)
  const { data } = await agent.com.atproto.server.getSession()
  assert.equal(data.did, agent.session.did)
  assert.equal(data.email, person.email)
  assert.equal(data.active, true)
})

test('An agent finds its server in the DID document that comes with the session', async () => {
  const agent = await signUp(server)

  assert.equal(agent.pdsUrl?.origin, server.url)
})

test('An agent signs in by handle, by DID and by e-mail address', async () => {
  const person = credentials()
  const created = anyone(server)
  await created.createAccount(person)

  for (const identifier of [person.handle, created.session.did, person.email]) {
    const agent = anyone(server)
    await agent.login({ identifier, password: person.password })
    assert.equal(agent.session.did, created.session.did)
  }
})

test('A session that was kept is resumed with a new refresh token', async () => {
  const kept = []
  const persistSession = (event, session) => kept.push({ event, session: { ...session } })
  const first = await signUp(server, 'alice', { persistSession })
  const before = { ...first.session }

  const second = new AtpAgent({ service: server.url, persistSession })
  await second.resumeSession(kept[0].session)

  assert.deepEqual(kept.map(({ event }) => event), ['create', 'update'])
  assert.notEqual(second.session.refreshJwt, before.refreshJwt)
  assert.equal(second.session.email, first.session.email)
  assert.equal((await second.com.atproto.server.getSession()).data.did, before.did)
})

test('A request with an expired access token refreshes the session and succeeds', async () => {
  const agent = await signUp(server)
  const refused = { ...agent.session }
  await sleep(1100) // tokens tell time in whole seconds: one of the same second would be the same token
  let refusals = 0
  agent.sessionManager.setFetch(async (input, init) => {
    const request = new Request(input, init)
    if (request.headers.get('authorization') !== `Bearer ${refused.accessJwt}`) return fetch(request)
    refusals++
    return Response.json({ error: 'ExpiredToken', message: 'Token has expired' }, { status: 400 })
  })

  const { uri } = await agent.post({ text: 'after the refresh' })

  assert.equal(refusals, 1)
  assert.notEqual(agent.session.accessJwt, refused.accessJwt)
  assert.ok(uri.startsWith(`at://${refused.did}/`))
})

test('A session that was signed out cannot be resumed', async () => {
  const agent = await signUp(server)
  const ended = { ...agent.session }

  await agent.logout()

  await assert.rejects(anyone(server).resumeSession(ended), { status: 400, error: 'ExpiredToken' })
})

test('The server describes itself', async () => {
  const { data } = await anyone(server).com.atproto.server.describeServer()

  assert.equal(data.did, 'did:web:localhost')
  assert.deepEqual(data.availableUserDomains, ['.test'])
  assert.equal(data.inviteCodeRequired, false)
})
