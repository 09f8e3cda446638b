// The page works without this. What is here saves clicks: it remembers who asks,
// answers keys, and fetches the rest when it is first needed: live.js and the
// suggestions at the first key, bulk.js at the first file, tree.js on /tree.

const ask = document.getElementById('ask');
const field = document.getElementById('q');
const status = document.getElementById('status');

/** Says something to who listens. */
export function say(text) { status.textContent = text; }

export const asker = {
  get subject() { return ask?.elements.subject.value ?? ''; },
  get region() { return ask?.elements.region.value ?? ''; },
  set(subject, region) {
    ask.elements.subject.value = subject ?? '';
    ask.elements.region.value = region ?? '';
  },
};

// Storage may be forbidden; then nothing is remembered.
function remembered() {
  try { return JSON.parse(localStorage.getItem('leimu.asker')) ?? {}; } catch { return {}; }
}

export function remember() {
  try { localStorage.setItem('leimu.asker', JSON.stringify({ subject: asker.subject, region: asker.region })); } catch { /* forbidden */ }
}

// An address that was shared says who asks, or that all are told; it decides. Only
// where nothing is asked yet does the device's own memory.
function recall() {
  const address = new URL(location);
  if (address.pathname !== '/' || address.search) return;
  const { subject, region } = remembered();
  if (subject || region) asker.set(subject, region);
}

// Links were written by the server, which may not know who asks yet.
function carry(event) {
  const link = event.target.closest?.('a[href^="/"]');
  if (!link || !ask) return;
  const address = new URL(link.href);
  if (!/^\/($|c\/|tree|compare|checklist|bulk)/.test(address.pathname)) return;
  for (const name of ['subject', 'region']) {
    if (asker[name] && !address.searchParams.has(name)) address.searchParams.set(name, asker[name]);
  }
  link.href = address.pathname + address.search + address.hash;
}

async function copy(button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = '已复制';
  } catch {
    button.textContent = '没能复制';
  }
  say(`${button.textContent}:${button.dataset.copy}`);
  setTimeout(() => { button.textContent = label; }, 1600);
}

function click(event) {
  carry(event);
  const copied = event.target.closest?.('[data-copy]');
  if (copied) copy(copied);
  if (event.target.closest?.('[data-print]')) print();
}

const typing = (element) => element.closest?.('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]');

/** The results that can be seen, to step through. */
export const results = () => [...document.querySelectorAll('[data-result]')].filter((e) => e.checkVisibility?.() ?? true);

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === '/' && field && !typing(event.target)) {
    event.preventDefault();
    field.focus();
    field.select();
    begin();
    return;
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const on = event.target.closest?.('[data-result]');
  if (!on && event.target !== document.body && event.target.id !== 'main') return;
  const list = results();
  const next = list.indexOf(on) + (event.key === 'ArrowDown' ? 1 : -1);
  if (list.length === 0 || !on && event.key === 'ArrowUp') return;
  event.preventDefault();
  (next < 0 ? field : list[Math.min(next, list.length - 1)])?.focus();
}

// Two or three can be compared.
function chosen(form) {
  const n = form.querySelectorAll('[name="id"]:checked').length;
  const compare = form.querySelector('.bar button:not([formaction])');
  if (compare) compare.disabled = n === 1 || n > 3;
}

let begun;
let composing = false; // in an input method, before what listens for it is here

/** Fetches what typing needs, once. */
function begin() {
  begun ??= Promise.all([import('./live.js'), import('./leimu-suggest.js')]).then(([live]) => {
    live.start(ask, field, composing);
    if (!composing && document.activeElement === field) field.dispatchEvent(new Event('input')); // what was typed meanwhile
    return live;
  });
  return begun;
}

function change(event) {
  if (event.target.name === 'id' && event.target.form?.classList.contains('pick')) chosen(event.target.form);
  if (event.target.id === 'file') import('./bulk.js').then((bulk) => bulk.answer(event.target.form));
  if (event.target.form !== ask || !['subject', 'region'].includes(event.target.name)) return;
  remember();
  begin().then((live) => live.asked());
}

document.addEventListener('click', click);
document.addEventListener('auxclick', carry);
document.addEventListener('keydown', key);
document.addEventListener('change', change);
document.addEventListener('submit', (event) => {
  if (event.target.id !== 'bulk' || !ask) return;
  event.target.elements.subject.value = asker.subject;
  event.target.elements.region.value = asker.region;
});
document.addEventListener('dragover', (event) => {
  const form = document.getElementById('bulk');
  if (!form || !event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  form.classList.add('over');
});
document.addEventListener('dragleave', () => document.getElementById('bulk')?.classList.remove('over'));
document.addEventListener('drop', (event) => {
  const form = document.getElementById('bulk');
  if (!form || !event.dataTransfer.files.length) return;
  event.preventDefault();
  form.classList.remove('over');
  form.elements.file.files = event.dataTransfer.files;
  form.elements.file.dispatchEvent(new Event('change', { bubbles: true }));
});

if (ask) {
  recall();
  field.addEventListener('compositionstart', () => { composing = true; });
  field.addEventListener('compositionend', () => { composing = false; });
  for (const name of ['keydown', 'input', 'compositionstart', 'paste']) field.addEventListener(name, begin, { once: true });
  // A phone would cover half of the page with its keyboard.
  if (location.pathname === '/' && !field.value && !matchMedia('(pointer: coarse)').matches) field.focus();
}
if (document.getElementById('filter')) import('./tree.js').then((tree) => tree.start());
