import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XRPCError } from '@atproto/api'
import { useServer } from './lib/server.mjs'
import { signUp } from './lib/people.mjs'

const password = 'of the operator'
const server = useServer({ PDS_ADMIN_PASSWORD: password })

const asOperator = { headers: { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` } }
const spam = 'com.atproto.moderation.defs#reasonSpam'
const account = (did) => ({ $type: 'com.atproto.admin.defs#repoRef', did })

test('A report from an app that names no moderators is with the operator', async () => {
  const [alice, mallory] = [await signUp(server), await signUp(server, 'mallory')]
  const { uri, cid } = await mallory.post({ text: 'buy now', createdAt: new Date().toISOString() })
  const subject = { $type: 'com.atproto.repo.strongRef', uri, cid }

  const { data } = await alice.createModerationReport({ reasonType: spam, reason: 'sells things', subject })

  assert.equal(data.reportedBy, alice.did)
  assert.deepEqual(data.subject, subject)
  const listed = await fetch(`${server.url}/xrpc/local.pds.admin.listReports`, asOperator).then((answer) => answer.json())
  assert.deepEqual(listed.reports.map((report) => [report.id, report.reason]), [[data.id, 'sells things']])
})

test('Who is taken down may appeal and no more', async () => {
  const [alice, bob] = [await signUp(server), await signUp(server, 'bob')]
  await fetch(`${server.url}/xrpc/com.atproto.admin.updateSubjectStatus`, {
    method: 'POST',
    headers: { ...asOperator.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ subject: account(alice.did), takedown: { applied: true } }),
  })
  await alice.login({ identifier: alice.session.handle, password: `password of ${alice.session.handle}`, allowTakendown: true })

  const { data } = await alice.createModerationReport({ reasonType: 'com.atproto.moderation.defs#reasonAppeal', subject: account(alice.did) })
  assert.ok(data.id > 0)
  await assert.rejects(alice.createModerationReport({ reasonType: spam, subject: account(bob.did) }), (refusal) => refusal instanceof XRPCError && refusal.status === 403)
})
