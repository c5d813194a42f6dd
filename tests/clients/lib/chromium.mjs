import { existsSync } from 'node:fs'
import { after, before } from 'node:test'
import { chromium } from 'playwright-core'

const executable = '/usr/bin/chromium'
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Why tests that need a browser cannot run here; false where they can, and where they must. */
export const withoutChromium = existsSync(executable) || process.env.CI === 'true' ? false : `There is no ${executable}: scripts/setup-chromium.sh installs it`

/** Chromium for the tests of one file. Each window has cookies and storage of its own. Arguments that are known only when the tests begin are a function. */
export function useChromium(more = () => []) {
  let browser
  before(async () => {
    if (!withoutChromium) browser = await chromium.launch({ executablePath: executable, args: [...args, ...more()] })
  })
  after(() => browser?.close())
  return { openWindow: async () => (await browser.newContext()).newPage() }
}

/** What a user does at the server's pages: signs in where that is asked for, and lets the app in. */
export async function letIn(page, { password }) {
  await page.fill('#password', password)
  await page.click('main button.primary')
  await page.waitForSelector('h1:has-text("Let this app in?")')
  await page.click('button:has-text("Allow"):not(:has-text("Do not"))')
}
