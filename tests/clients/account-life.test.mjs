import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AtpAgent, ComAtprotoServerCreateSession } from '@atproto/api'
import { codeTo, smtpUrl, useMailServer } from './lib/mail.mjs'
import { anyone, credentials } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

describe('An account', () => {
  const mail = useMailServer({ secure: false, authMethods: ['PLAIN'] })
  const server = useServer(() => ({ PDS_EMAIL_SMTP_URL: smtpUrl(mail, false), PDS_EMAIL_FROM_ADDRESS: 'noreply@example.com', SSL_CERT_FILE: mail.certificate }))

  /** Somebody new, and their agent. */
  async function join() {
    const person = credentials()
    const agent = anyone(server)
    await agent.createAccount(person)
    return { person, agent, methods: agent.com.atproto.server }
  }

  /** Somebody whose address is confirmed. */
  async function joinAndConfirm() {
    const joined = await join()
    await joined.methods.requestEmailConfirmation()
    await joined.methods.confirmEmail({ email: joined.person.email, token: await codeTo(mail, joined.person.email) })
    return joined
  }

  /** An agent that has signed in. */
  async function signIn({ handle }, password, more = {}) {
    const agent = anyone(server)
    await agent.login({ identifier: handle, password, ...more })
    return agent
  }

  const session = async (agent) => (await agent.com.atproto.server.getSession()).data

  test('An address is confirmed with the code that was mailed there, once', async () => {
    const { person, agent, methods } = await join()
    assert.equal((await session(agent)).emailConfirmed, false)

    await methods.requestEmailConfirmation()
    const token = await codeTo(mail, person.email)
    await assert.rejects(methods.confirmEmail({ email: 'another@example.com', token }), { status: 400, error: 'InvalidEmail' })
    await methods.confirmEmail({ email: person.email, token })

    assert.equal((await session(agent)).emailConfirmed, true)
    await assert.rejects(methods.confirmEmail({ email: person.email, token }), { status: 400, error: 'InvalidToken' })
  })

  test('An address that is confirmed is changed with the code that the old one got, and the new one is confirmed in its turn', async () => {
    const { person, agent, methods } = await joinAndConfirm()
    const email = `moved-${person.email}`

    assert.deepEqual((await methods.requestEmailUpdate()).data, { tokenRequired: true })
    await assert.rejects(methods.updateEmail({ email }), { status: 400, error: 'TokenRequired' })
    await methods.updateEmail({ email, token: await codeTo(mail, person.email) })

    const moved = await session(agent)
    assert.deepEqual([moved.email, moved.emailConfirmed], [email, false])
    await methods.requestEmailConfirmation()
    await methods.confirmEmail({ email, token: await codeTo(mail, email) })
    assert.equal((await session(agent)).emailConfirmed, true)
  })

  test('With mail as the second factor a sign-in takes the code that was mailed, once', async () => {
    const { person, methods } = await joinAndConfirm()
    await methods.updateEmail({ email: person.email, emailAuthFactor: true })

    await assert.rejects(signIn(person, person.password), ComAtprotoServerCreateSession.AuthFactorTokenRequiredError)
    const authFactorToken = await codeTo(mail, person.email)
    const agent = await signIn(person, person.password, { authFactorToken })

    assert.equal((await session(agent)).emailAuthFactor, true)
    await assert.rejects(signIn(person, person.password, { authFactorToken }), { status: 400, error: 'InvalidToken' })
  })

  test('A password that was forgotten is replaced by mail, and every session is over', async () => {
    const { person, agent, methods } = await join()
    const did = agent.assertDid
    const elsewhere = await signIn(person, person.password)
    const password = 'the one after it'

    await anyone(server).com.atproto.server.requestPasswordReset({ email: person.email })
    const token = await codeTo(mail, person.email)
    await anyone(server).com.atproto.server.resetPassword({ token, password })

    await assert.rejects(methods.getSession())
    await assert.rejects(elsewhere.com.atproto.server.getSession())
    assert.deepEqual([agent.hasSession, elsewhere.hasSession], [false, false]) // the agents tried to refresh, and gave up
    await assert.rejects(signIn(person, person.password), { status: 401, error: 'AuthenticationRequired' })
    await assert.rejects(anyone(server).com.atproto.server.resetPassword({ token, password: 'a third one' }), { status: 400, error: 'InvalidToken' })
    assert.equal((await signIn(person, password)).assertDid, did)
  })

  test('An app password signs in and writes, and takes its sessions along when it is revoked', async () => {
    const { person, agent, methods } = await join()
    const { password } = (await methods.createAppPassword({ name: 'telephone' })).data
    const app = await signIn(person, password)
    await app.post({ text: 'from the telephone' })
    await assert.rejects(app.com.atproto.server.requestAccountDelete(), { status: 400, error: 'InvalidToken' })

    await methods.revokeAppPassword({ name: 'telephone' })

    await assert.rejects(app.post({ text: 'from beyond' }))
    assert.equal(app.hasSession, false)
    await assert.rejects(signIn(person, password), { status: 401, error: 'AuthenticationRequired' })
    await agent.post({ text: 'still here' })
    assert.deepEqual((await methods.listAppPasswords()).data.passwords, [])
  })

  test('An account that is switched off shows nothing and writes nothing until it is switched on', async () => {
    const { person, agent, methods } = await join()
    const { uri } = await agent.post({ text: 'before' })
    const repo = agent.assertDid
    const reader = new AtpAgent({ service: server.url })
    const status = async () => (await reader.com.atproto.sync.getRepoStatus({ did: repo })).data

    await methods.deactivateAccount({})

    assert.deepEqual([(await status()).active, (await status()).status], [false, 'deactivated'])
    await assert.rejects(reader.com.atproto.sync.getRepo({ did: repo }), { error: 'RepoDeactivated' })
    await assert.rejects(agent.post({ text: 'meanwhile' }))
    const again = await signIn(person, person.password)
    assert.deepEqual([again.session.active, again.session.status], [false, 'deactivated'])
    await again.com.atproto.server.activateAccount()

    assert.equal((await status()).active, true)
    assert.equal((await reader.getPost({ repo, rkey: uri.split('/').at(-1) })).value.text, 'before')
    await again.post({ text: 'after' })
  })

  test('An account is deleted with its password and the code that was mailed, and its names are free', async () => {
    const { person, agent, methods } = await join()
    const did = agent.assertDid
    await agent.post({ text: 'soon gone' })

    await methods.requestAccountDelete()
    const token = await codeTo(mail, person.email)
    await assert.rejects(methods.deleteAccount({ did, password: 'not it', token }), { status: 401, error: 'AuthenticationRequired' })
    await methods.deleteAccount({ did, password: person.password, token })

    await assert.rejects(methods.getSession())
    await assert.rejects(signIn(person, person.password), { status: 401, error: 'AuthenticationRequired' })
    await assert.rejects(anyone(server).com.atproto.sync.getRepo({ did }), { error: 'RepoNotFound' })
    const next = anyone(server)
    await next.createAccount(person)
    assert.notEqual(next.assertDid, did)
  })
})
