import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { keyHash, selfSign } from './certificates.mjs'
import { canLendNames, leadTo } from './names.mjs'
import { freePort } from './ports.mjs'

export const name = 'pds.test'

const programs = { Caddy: '/usr/bin/caddy', nginx: '/usr/sbin/nginx' }
const patience = 20_000

/** Why tests behind proxies cannot run here; false where they can, and where they must. */
export const withoutProxies = (canLendNames && Object.values(programs).every(existsSync)) || process.env.CI === 'true' ? false : 'There is no Caddy, nginx or libnss-wrapper: scripts/setup-proxy.sh installs them'

/**
 * A reverse proxy for the tests of one describe, with the configuration that docs/operate has for operators: but for names, ports and where certificates
 * are from, it is that file. From now on, this process finds the server's name there; `keys` are what a browser must be told to trust.
 */
export function useProxy(kind, innerPort) {
  const proxy = { port: 0, httpPort: 0, keys: [], process: null, folder: '' }
  before(async () => {
    proxy.folder = await mkdtemp(path.join(tmpdir(), 'pds-clients-proxy-'));
    [proxy.port, proxy.httpPort] = [await freePort(), await freePort()]
    const { authority, keys, words } = await (kind === 'Caddy' ? setUpCaddy : setUpNginx)(proxy, await innerPort())
    await start(proxy, programs[kind], words)
    proxy.keys = await Promise.all(keys.map(keyHash))
    leadTo(name, proxy.port, authority)
  })
  after(async () => {
    proxy.process?.kill('SIGTERM')
    if (proxy.process?.exitCode === null) await once(proxy.process, 'exit')
    await rm(proxy.folder, { recursive: true, force: true })
  })
  return proxy
}

const documented = async (file, innerPort) => (await readFile(fileURLToPath(new URL(`../../../docs/operate/proxy/${file}`, import.meta.url)), 'utf8'))
  .replaceAll('pds.example.com', name).replaceAll('127.0.0.1:2583', `127.0.0.1:${innerPort}`)

/** Its certificates are from an authority of its own, which it asks as it would ask a public one: for each name when somebody first wants it. */
async function setUpCaddy(proxy, innerPort) {
  const [file, storage] = [path.join(proxy.folder, 'Caddyfile'), path.join(proxy.folder, 'storage')]
  const here = `{\n\tlocal_certs\n\tskip_install_trust\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttps_port ${proxy.port}\n\thttp_port ${proxy.httpPort}\n\tstorage file_system ${storage}\n`
  await writeFile(file, (await documented('Caddyfile', innerPort)).replace('{\n', here))
  const of = (certificate) => path.join(storage, 'pki', 'authorities', 'local', certificate)
  return { authority: of('root.crt'), keys: [of('intermediate.crt')], words: ['run', '--config', file, '--adapter', 'caddyfile'] }
}

async function setUpNginx(proxy, innerPort) {
  const file = path.join(proxy.folder, 'nginx.conf')
  const { key, certificate } = await selfSign(proxy.folder, name, `*.${name}`)
  const site = (await documented('nginx.conf', innerPort))
    .replace('listen 80;', `listen 127.0.0.1:${proxy.httpPort};`).replace('listen 443 ', `listen 127.0.0.1:${proxy.port} `)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`).replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
  await writeFile(file, `daemon off;\npid ${proxy.folder}/pid;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path ${proxy.folder}/bodies;\nproxy_temp_path ${proxy.folder}/answers;\n${site}}\n`)
  return { authority: certificate, keys: [certificate], words: ['-c', file, '-e', 'stderr'] }
}

async function start(proxy, program, words) {
  const said = []
  proxy.process = spawn(program, words, { env: { ...process.env, HOME: proxy.folder }, stdio: ['ignore', 'ignore', 'pipe'] })
  proxy.process.stderr.on('data', (text) => said.length < 200 && said.push(String(text)))
  const deadline = Date.now() + patience
  while (!(await listens(proxy.port))) {
    if (Date.now() > deadline || proxy.process.exitCode !== null) throw new Error(`${program} did not start:\n${said.join('')}`)
    await setTimeout(50)
  }
}

const listens = (port) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.once('connect', () => socket.destroy())
})
