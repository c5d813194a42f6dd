import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Agent } from '@atproto/api'
import { useAppSite } from './lib/app-site.mjs'
import { letIn, useChromium, withoutChromium } from './lib/chromium.mjs'
import { useNodeApp } from './lib/node-app.mjs'
import { anyone, credentials } from './lib/people.mjs'
import { startServer, stopServer, useServer } from './lib/server.mjs'

const server = useServer()
const chromium = useChromium()

/** Somebody with an account here, and what they would type. */
async function somebody() {
  const person = credentials()
  await anyone(server).createAccount(person)
  return person
}

const restart = async () => {
  const { port } = new URL(server.url)
  await stopServer(server)
  await startServer(server, { PDS_PORT: port })
}

describe('an app in Node.js, which nobody has to know', { skip: withoutChromium }, () => {
  const app = useNodeApp(server, chromium)

  test('is let in, calls, refreshes, goes on after a restart, and is gone when it signs out', async () => {
    const person = await somebody()
    const client = app.newClient()

    const callback = await app.walk(await client.authorize(person.handle, { state: 'what the app was doing' }), person)
    const { session, state } = await client.callback(callback)
    const agent = new Agent(session)
    const { uri } = await agent.post({ text: 'by an app', createdAt: new Date().toISOString() })
    const first = await session.getTokenInfo(false)
    const second = await session.getTokenInfo(true)

    assert.equal(state, 'what the app was doing')
    assert.ok(uri.startsWith(`at://${session.did}/`))
    assert.equal(second.sub, session.did)
    assert.equal(second.scope, 'atproto transition:generic')
    assert.ok(second.expiresAt >= first.expiresAt)

    await restart()
    const restored = await app.newClient().restore(session.did)
    const kept = new Agent(restored)
    assert.equal((await kept.com.atproto.server.getSession()).data.handle, person.handle)
    assert.ok(await restored.getTokenInfo(true))

    await restored.signOut()
    await assert.rejects(app.newClient().restore(session.did))
    await assert.rejects(new Agent(session).post({ text: 'too late', createdAt: new Date().toISOString() }))
  })

  test('can have its answer by a form', async () => {
    const person = await somebody()
    const client = app.newClient({ responseMode: 'form_post' })

    const { session } = await client.callback(await app.walk(await client.authorize(person.handle), person))

    assert.equal((await new Agent(session).com.atproto.server.getSession()).data.handle, person.handle)
  })

  test('hears of it when the user does not want it', async () => {
    const person = await somebody()
    const client = app.newClient()

    const callback = await app.walk(await client.authorize(person.handle), person, (page) => page.click('text=Cancel, and go back to the app'))

    await assert.rejects(client.callback(callback), (error) => error.params.get('error') === 'access_denied')
  })
})

describe('an app that is a page', { skip: withoutChromium }, () => {
  const site = useAppSite(server, chromium)

  test('is let in, calls, refreshes, is there still when it is loaded anew and after a restart, and signs out', async () => {
    const person = await somebody()
    const page = await site.open()
    assert.equal(await page.evaluate('app.did'), null)

    page.evaluate((handle) => void app.signIn(handle, { state: 'what the app was doing' }), person.handle)
    await page.waitForURL(`${server.url}/sign-in*`)
    await letIn(page, person)
    await page.waitForURL(`${site.url}*`)
    await page.waitForFunction('globalThis.app')

    assert.deepEqual(await page.evaluate('[app.error, app.state]'), [null, 'what the app was doing'])
    const did = await page.evaluate('app.did')
    assert.ok((await page.evaluate('app.post("by a page")')).startsWith(`at://${did}/`))

    await restart()
    await page.reload()
    await page.waitForFunction('globalThis.app')
    assert.equal(await page.evaluate('app.did'), did)
    assert.ok(await page.evaluate('app.refresh()'))
    assert.ok((await page.evaluate('app.post("after a restart")')).startsWith(`at://${did}/`))

    await page.evaluate('app.signOut()')
    await page.reload()
    await page.waitForFunction('globalThis.app')
    assert.equal(await page.evaluate('app.did'), null)
    await page.context().close()
  })

  test('is disconnected by the user on the account page, and hears of it with its next call', async () => {
    const person = await somebody()
    const page = await site.open()
    page.evaluate((handle) => void app.signIn(handle), person.handle)
    await page.waitForURL(`${server.url}/sign-in*`)
    await letIn(page, person)
    await page.waitForURL(`${site.url}*`)
    await page.waitForFunction('globalThis.app')
    const did = await page.evaluate('app.did')

    const account = await page.context().newPage()
    await account.goto(`${server.url}/account/${did}/apps`)
    assert.match(await account.innerText('main'), /An app on this device/)
    await account.click('button:has-text("Disconnect")')
    await account.waitForSelector('text=That app has no access any more.')

    await assert.rejects(page.evaluate('app.post("too late")'))
    await page.context().close()
  })
})
