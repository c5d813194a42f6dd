import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import tls from 'node:tls'

const roads = []
const connect = tls.connect

/** Whatever speaks TLS in this process: fetch, https and WebSockets alike. */
tls.connect = (options, ...rest) => {
  const road = roads.findLast(({ name }) => options?.host === name || options?.host?.endsWith(`.${name}`))
  return road ? connect({ ...options, host: '127.0.0.1', port: road.port, ca: road.ca, servername: options.servername || options.host }, ...rest) : connect(options, ...rest)
}

/** Has this process find a name, and those below it, at a port of this machine, with a certificate that this authority signed. */
export const leadTo = (name, port, authority) => roads.push({ name, port, ca: readFileSync(authority) })

/** What lends addresses to names for programs that ask the system, which knows no such names. */
const wrapper = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/libnss_wrapper.so`).find((file) => existsSync(file))

export const canLendNames = wrapper !== undefined

/** The environment of a program that is to find these names on this machine, and to trust this certificate. */
export async function namesOnLoopback(folder, authority, ...names) {
  const hosts = path.join(folder, 'hosts')
  await writeFile(hosts, ['localhost', ...names].map((name) => `127.0.0.1 ${name}\n`).join(''))
  return { LD_PRELOAD: wrapper, NSS_WRAPPER_HOSTS: hosts, SSL_CERT_FILE: authority }
}
