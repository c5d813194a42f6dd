// Comfort only: every page works without this.
'use strict'

const refusal = document.getElementById('refusal')
if (refusal) refusal.focus()

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method=post]')) {
  let isSent = false
  form.addEventListener('submit', event => {
    if (isSent) event.preventDefault()
    isSent = true
  })
  addEventListener('pageshow', () => { isSent = false })
}

// An answer that travels in a form is sent at once.
document.querySelector('form[data-send]')?.requestSubmit()

// A passkey is made or used by the browser, which is given the server's part as JSON (https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON).
const keys = globalThis.PublicKeyCredential
for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!keys?.parseCreationOptionsFromJSON) break
  document.querySelector('[data-passkey-missing]')?.remove()
  form.hidden = false
  form.addEventListener('submit', async event => {
    if (form.elements.credential.value) return
    event.preventDefault()
    event.stopImmediatePropagation() // it is sent later, and once
    const state = form.querySelector('[data-failed]')
    state.textContent = ''
    try {
      const credential = await ask(form.dataset.passkey, JSON.parse(form.dataset.options))
      form.elements.credential.value = JSON.stringify(credential)
      if (form.elements.remember) form.elements.remember.value = document.getElementById('remember')?.checked ?? form.elements.remember.value
      form.requestSubmit()
    } catch {
      state.textContent = state.dataset.failed
    }
  }, { capture: true })

  function ask(what, options) {
    return what === 'create'
      ? navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(options) })
  }
}

// What is shown once can be copied at once.
for (const block of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) break
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = block.dataset.copy
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText([...block.querySelectorAll('code')].map(code => code.textContent).join('\n'))
    button.textContent = block.dataset.copied
  })
  block.append(button)
}

// A handle is checked while it is typed.
for (const form of document.querySelectorAll('form[data-check]')) {
  const input = form.querySelector('input[name=handle]')
  const state = form.querySelector('[role=status]')
  let timer
  input.addEventListener('input', () => {
    clearTimeout(timer)
    if (input.value.includes('.')) timer = setTimeout(check, 600)
  })

  async function check() {
    const asked = input.value
    const answer = await fetch(`${form.dataset.check}&handle=${encodeURIComponent(asked)}`).catch(() => null)
    if (!answer?.ok || answer.redirected || input.value !== asked) return
    const { text, state: kind } = await answer.json()
    state.textContent = text
    state.className = `state ${kind}`
  }
}

// A recovery key is made here, so that no server ever has it: P-256, as did:key (https://atproto.com/specs/cryptography).
for (const input of document.querySelectorAll('input[data-new-key]')) {
  if (!globalThis.crypto?.subtle) break
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = input.dataset.newKey
  button.addEventListener('click', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const { d } = await crypto.subtle.exportKey('jwk', pair.privateKey)
    const compressed = [2 + (point[64] & 1), ...point.slice(1, 33)]
    input.value = `did:key:z${base58([0x80, 0x24, ...compressed])}`
    show(d)
  })
  input.after(button)

  function show(secret) {
    const bytes = Uint8Array.from(atob(secret.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0))
    const notice = document.createElement('p')
    const key = document.createElement('code')
    notice.className = 'notice warning'
    notice.setAttribute('role', 'status')
    key.textContent = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
    notice.append(input.dataset.keyText, document.createElement('br'), key)
    button.replaceWith(notice)
  }
}

function base58(bytes) {
  const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let number = bytes.reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n)
  let text = ''
  for (; number > 0n; number /= 58n) text = digits[Number(number % 58n)] + text
  return text
}
