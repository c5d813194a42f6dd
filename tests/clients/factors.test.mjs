import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AtpAgent, ComAtprotoServerCreateSession } from '@atproto/api'
import { lastCode } from './lib/mail.mjs'
import { anyone, credentials } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

const server = useServer()

/** Signs somebody up whose sign-ins take a code by mail. */
async function signUpWithFactor() {
  const person = credentials()
  const agent = anyone(server)
  await agent.createAccount(person)
  await agent.com.atproto.server.requestEmailConfirmation()
  await agent.com.atproto.server.confirmEmail({ email: person.email, token: await lastCode(server, person.email) })
  await agent.com.atproto.server.updateEmail({ email: person.email, emailAuthFactor: true })
  return { person, agent }
}

test('An agent is asked for the code that was mailed, and signs in with it', async () => {
  const { person } = await signUpWithFactor()
  const agent = anyone(server)
  const signIn = (authFactorToken) => agent.login({ identifier: person.handle, password: person.password, authFactorToken })

  const asked = await signIn('').catch((error) => error)
  assert.ok(asked instanceof ComAtprotoServerCreateSession.AuthFactorTokenRequiredError)
  assert.equal(asked.message, 'A sign in code has been sent to your email address')
  await assert.rejects(signIn('AAAAA-AAAAA'), { status: 400, error: 'InvalidToken', message: 'Token is invalid' })
  await signIn((await lastCode(server, person.email)).toLowerCase())

  assert.equal(agent.session.handle, person.handle)
  assert.equal(agent.session.emailAuthFactor, true)
})

test('A wrong password is refused as if there were no second factor', async () => {
  const { person } = await signUpWithFactor()

  await assert.rejects(anyone(server).login({ identifier: person.handle, password: 'wrong' }), { status: 401, error: 'AuthenticationRequired' })
})

test('An agent signs in with an app password, posts, stays signed in, and is out when that is revoked', async () => {
  const { person, agent: owner } = await signUpWithFactor()
  const { data: made } = await owner.com.atproto.server.createAppPassword({ name: 'my app' })
  const kept = []
  const app = new AtpAgent({ service: server.url, persistSession: (event) => kept.push(event) })

  await app.login({ identifier: person.handle, password: made.password })
  await app.post({ text: 'from an app' })
  await app.sessionManager.refreshSession()
  await assert.rejects(app.com.atproto.server.createAppPassword({ name: 'another' }), { status: 400, error: 'InvalidToken' })
  assert.deepEqual((await app.com.atproto.server.listAppPasswords()).data.passwords, [{ name: 'my app', createdAt: made.createdAt, privileged: false }])

  await owner.com.atproto.server.revokeAppPassword({ name: 'my app' })

  await assert.rejects(app.post({ text: 'from beyond' }))
  assert.deepEqual(kept, ['create', 'update', 'expired'])
  assert.equal(app.hasSession, false)
})
