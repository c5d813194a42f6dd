import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, test } from 'node:test'
import { AtpAgent } from '@atproto/api'
import { simpleParser } from 'mailparser'
import { smtpUrl, useMailServer, user } from './lib/mail.mjs'
import { signUp } from './lib/people.mjs'
import { useServer } from './lib/server.mjs'

const adminPassword = 'admin of the mail tests'
const senderDid = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
const subject = 'Grüße: about your post 🦋, which was written yesterday and has a subject that goes over several lines'
const content = '<p>Your post breaks <b>rule 3</b>.</p>\n<p>.</p>\n<ul><li>Wörter</li></ul>'

const settings = {
  PDS_ADMIN_PASSWORD: adminPassword,
  PDS_EMAIL_FROM_ADDRESS: 'noreply@example.com',
  PDS_MODERATION_EMAIL_ADDRESS: 'Moderators of Zürich <moderators@example.com>',
  PDS_SERVICE_NAME: 'Example Community',
}

/** Writes to somebody as the administrator. */
function write(server, agent, input = {}) {
  const admin = new AtpAgent({ service: server.url })
  admin.setHeader('authorization', `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`)
  return admin.com.atproto.admin.sendEmail({ recipientDid: agent.assertDid, senderDid, subject, content, ...input })
}

for (const { name, secure, authMethods } of [
  { name: 'STARTTLS and AUTH PLAIN', secure: false, authMethods: ['PLAIN', 'LOGIN'] },
  { name: 'STARTTLS and AUTH LOGIN', secure: false, authMethods: ['LOGIN'] },
  { name: 'TLS from the start', secure: true, authMethods: ['PLAIN'] },
]) {
  describe(name, () => {
    const mail = useMailServer({ secure, authMethods })
    const server = useServer(() => ({ ...settings, PDS_EMAIL_SMTP_URL: smtpUrl(mail, secure), SSL_CERT_FILE: mail.certificate }))

    test('A mail arrives whole, over TLS, from whom the settings say', async () => {
      const agent = await signUp(server)

      const { data } = await write(server, agent)

      assert.deepEqual(data, { sent: true })
      const [received] = mail.mails.splice(0)
      const [session] = mail.sessions.splice(0)
      assert.equal(received.subject, subject)
      assert.equal(received.to.text, agent.session.email)
      assert.deepEqual(received.from.value, [{ name: 'Moderators of Zürich', address: 'moderators@example.com' }])
      assert.match(received.text, /^Your post breaks rule 3\.\n\n\.\n\n- Wörter\n/)
      assert.match(received.html, /<p>Your post breaks <strong>rule 3<\/strong>\.<\/p>/)
      assert.ok(Math.abs(received.date - Date.now()) < 60_000)
      assert.match(received.messageId, /^<[0-9a-f]+@localhost>$/)
      assert.ok(session.secure)
      assert.equal(session.user, user)
    })

    test('An address that the mail server refuses is answered with 502', async () => {
      const agent = await signUp(server, 'nobody')

      await assert.rejects(write(server, agent), { status: 502, error: 'UpstreamFailure', message: 'Mail to that address cannot be delivered' })
      assert.deepEqual(mail.mails, [])
    })
  })
}

describe('A certificate that nobody vouches for', () => {
  const mail = useMailServer({ secure: true, authMethods: ['PLAIN'] })
  const server = useServer(() => ({ ...settings, PDS_EMAIL_SMTP_URL: smtpUrl(mail, true) }))

  test('Sends nothing, and tells the caller nothing of it', async () => {
    const agent = await signUp(server)

    await assert.rejects(write(server, agent), { status: 502, error: 'UpstreamFailure', message: 'The mail server did not take the mail' })
    assert.deepEqual(mail.mails, [])
  })
})

describe('A wrong password', () => {
  const mail = useMailServer({ secure: false, authMethods: ['PLAIN'] })
  const server = useServer(() => ({ ...settings, PDS_EMAIL_SMTP_URL: smtpUrl(mail, false, 'not it'), SSL_CERT_FILE: mail.certificate }))

  test('Sends nothing', async () => {
    const agent = await signUp(server)

    await assert.rejects(write(server, agent), { status: 502, error: 'UpstreamFailure' })
    assert.deepEqual(mail.mails, [])
  })
})

describe('Without a mail server', () => {
  const server = useServer(() => settings)

  test('A sandbox writes mail that programs open to its data directory', async () => {
    const agent = await signUp(server)

    await write(server, agent)

    const [file] = await readdir(path.join(server.data, 'mail'))
    const written = await simpleParser(await readFile(path.join(server.data, 'mail', file)))
    assert.equal(written.subject, subject)
    assert.equal(written.to.text, agent.session.email)
  })
})
