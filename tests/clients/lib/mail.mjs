import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { selfSign } from './certificates.mjs'

export const user = 'mailer@example.com'
export const password = 'p@ss:word/ü'
const patience = 5_000

/** Another's mail server, on loopback: it takes mail from one user alone, over TLS alone. `mails` is what it has got, parsed by another's parser. */
export function useMailServer({ secure, authMethods }) {
  const mail = { mails: [], sessions: [], port: 0, certificate: '', server: null, folder: '' }
  before(() => start(mail, secure, authMethods))
  after(() => stop(mail))
  return mail
}

/** The setting that names it. */
export const smtpUrl = (mail, secure, secret = password) =>
  `${secure ? 'smtps' : 'smtp'}://${encodeURIComponent(user)}:${encodeURIComponent(secret)}@localhost:${mail.port}`

/** The code in the last letter to an address, which is awaited. What was there is read then, and not found again. */
export async function codeTo(mail, address) {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    const letters = mail.mails.filter(({ to }) => to.text === address)
    mail.mails = mail.mails.filter((letter) => !letters.includes(letter))
    if (letters.length > 0) return /^[A-Z2-7]{5}-[A-Z2-7]{5}$/m.exec(letters.at(-1).text)[0]
    await setTimeout(10)
  }
  throw new Error(`No letter came to ${address}`)
}

async function start(mail, secure, authMethods) {
  mail.folder = await mkdtemp(path.join(tmpdir(), 'pds-clients-mail-'))
  const { key, certificate } = await selfSign(mail.folder, 'localhost')
  mail.certificate = certificate

  mail.server = new SMTPServer({
    secure,
    authMethods,
    key: await readFile(key),
    cert: await readFile(mail.certificate),
    allowInsecureAuth: false,
    onAuth: (auth, session, done) =>
      auth.username === user && auth.password === password ? done(null, { user }) : done(new Error('Invalid username or password')),
    onRcptTo: ({ address }, session, done) => done(address.startsWith('nobody') ? new Error('no such mailbox here') : null),
    onData: async (stream, session, done) => {
      mail.mails.push(await simpleParser(stream))
      mail.sessions.push(session)
      done()
    },
  })
  mail.server.on('error', () => {}) // a client that does not like the certificate hangs up
  await new Promise((listening) => mail.server.listen(0, '127.0.0.1', listening))
  mail.port = mail.server.server.address().port
}

async function stop(mail) {
  await new Promise((closed) => mail.server.close(closed))
  await rm(mail.folder, { recursive: true, force: true })
}

/** The code in the last letter to an address; the sandbox puts letters into a folder. */
export async function lastCode(server, address) {
  const folder = path.join(server.data, 'mail')
  for (const name of (await readdir(folder)).sort().reverse()) {
    const mail = await simpleParser(await readFile(path.join(folder, name)))
    if (mail.to.text === address) return /\b[A-Z2-7]{5}-[A-Z2-7]{5}\b/.exec(mail.text)[0]
  }
  throw new Error(`No letter to ${address}`)
}
