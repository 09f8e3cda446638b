// Answers while a sentence is typed: the page that the form would lead to is
// fetched, and its main part takes the place of this one's. What the server
// escaped stays escaped, as nothing is put together here. The address follows:
// the first answer to what is being typed is a step of its own in the history,
// those after it replace it, and Enter ends the step.

import { asker, remember, results, say } from './page.js';

const PAUSE = 220; // ms: as long as a sentence is being typed, nothing flickers

let form, field, timer, request, sequence = 0;
let composing = false;
let step = false; // what is being typed has its step in the history already
let answered;     // the text whose answer is shown

const here = () => location.pathname === '/';

function address() {
  const url = new URL('/', location);
  const text = field.value.trim();
  if (text) url.searchParams.set('q', text);
  if (asker.subject) url.searchParams.set('subject', asker.subject);
  if (asker.region) url.searchParams.set('region', asker.region);
  return url;
}

async function show(url) {
  request?.abort();
  request = new AbortController();
  const mine = ++sequence;
  const main = document.getElementById('main');
  main.firstElementChild?.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(url, { headers: { Accept: 'text/html' }, signal: request.signal });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.getElementById('main');
    if (mine !== sequence) return;
    if (!fresh) throw new Error('not a page');
    main.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    say(main.querySelector('[data-summary]')?.dataset.summary ?? main.querySelector('h2')?.textContent ?? '');
  } catch (error) {
    if (error.name === 'AbortError' || mine !== sequence) return;
    main.firstElementChild?.removeAttribute('aria-busy');
    say('没有连上,请稍后再试');
  }
}

function go(url, replace) {
  answered = field.value.trim();
  if (url.href !== location.href) history[replace ? 'replaceState' : 'pushState'](null, '', url);
  return show(url);
}

function typed() {
  clearTimeout(timer);
  if (composing || !here()) return;
  timer = setTimeout(() => {
    if (field.value.trim() === answered) return;
    go(address(), step);
    step = true;
  }, PAUSE);
}

function commit() {
  clearTimeout(timer);
  field.closest('leimu-suggest')?.close?.();
  if (!here()) return location.assign(address());
  const told = field.value.trim() === answered;
  if (!told) go(address(), step);
  step = false;
  remember();
}

function key(event) {
  if (event.key !== 'ArrowDown' || event.target !== field || event.isComposing) return;
  const [first] = results();
  // The list of suggestions has the arrows as long as it is open.
  if (!first || field.getAttribute('aria-expanded') === 'true' || field.value.trim() !== answered) return;
  event.preventDefault();
  event.stopPropagation();
  first.focus();
}

/** The one who asks has changed. */
export function asked() {
  if (here()) return go(address(), !field.value.trim());
  const url = new URL(location);
  for (const name of ['subject', 'region']) {
    if (asker[name]) url.searchParams.set(name, asker[name]);
    else url.searchParams.delete(name);
  }
  location.assign(url);
}

function back() {
  if (!here()) return location.reload();
  const url = new URL(location);
  field.value = answered = url.searchParams.get('q') ?? '';
  asker.set(url.searchParams.get('subject'), url.searchParams.get('region'));
  step = false;
  show(url);
}

export function start(f, q, inComposition) {
  form = f;
  field = q;
  composing = inComposition;
  answered = new URL(location).searchParams.get('q')?.trim() ?? '';
  field.addEventListener('compositionstart', () => { composing = true; clearTimeout(timer); });
  field.addEventListener('compositionend', () => { composing = false; typed(); });
  field.addEventListener('input', (event) => { if (!event.isComposing) typed(); });
  form.addEventListener('keydown', key, { capture: true });
  form.addEventListener('leimu-select', commit);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    commit();
  });
  addEventListener('popstate', back);
}
