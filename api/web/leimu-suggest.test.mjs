// Tests of the web component, for node --test; Go runs them where node is there.
// The few parts of a page that the component touches are stood in for.
import assert from 'node:assert/strict';
import { test } from 'node:test';

class Node_ extends EventTarget {
  constructor(name) { super(); this.name = name; this.attributes = {}; this.children = []; this.dataset = {}; this.written = ''; if (name === 'input') this.value = ''; }
  setAttribute(k, v) {
    const old = this.attributes[k] ?? null;
    this.attributes[k] = String(v);
    if (k === 'hidden') this.hidden = true;
    if (k.startsWith('data-')) this.dataset[k.slice(5)] = String(v);
    if (this.constructor.observedAttributes?.includes(k)) this.attributeChangedCallback(k, old, String(v));
  }
  get id() { return this.getAttribute('id'); }
  getAttribute(k) { return this.attributes[k] ?? null; }
  removeAttribute(k) { delete this.attributes[k]; }
  append(...nodes) { for (const n of nodes) if (n !== '') this.children.push(n); }
  replaceChildren(...nodes) { this.children = nodes; }
  get textContent() { return this.written || this.children.map((c) => c.textContent ?? c).join(''); }
  set textContent(v) { this.written = v; }
  set innerHTML(_) { throw new Error('innerHTML is not to be used'); }
  attachShadow() { return (this.shadow = new Node_('root')); }
  querySelector(name) { return this.children.find((c) => c.name === name) ?? null; }
  attachInternals() { return { setFormValue: (v) => { this.formValue = v; } }; }
}
globalThis.HTMLElement = globalThis.Element = Node_;
globalThis.CSSStyleSheet = class { replaceSync() {} };
globalThis.document = { createElement: (name) => new Node_(name) };
globalThis.customElements = { get: () => undefined, define: () => {} };

const { LeimuSuggest, spans } = await import('./leimu-suggest.js');
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const suggestion = (text, id = 'x') => ({ text, category: { id, path: ['一', text] }, span: [0, 1], match: 'pinyin', weight: 1 });

function mount(attributes = {}, answer = (q) => [suggestion(q + '一', 'a'), suggestion(q + '二', 'b')]) {
  const element = new LeimuSuggest();
  for (const [k, v] of Object.entries({ src: 'http://leimu.test', ...attributes })) element.setAttribute(k, v);
  element.connectedCallback();
  const [input, list, status] = element.shadow.children;
  const asked = [];
  globalThis.fetch = async (url, { signal }) => {
    asked.push(url);
    const suggestions = await answer(url.searchParams.get('q'), signal);
    return { ok: true, json: async () => ({ suggestions }) };
  };
  const type = (value, event = {}) => { input.value = value; input.dispatchEvent(Object.assign(new Event('input'), event)); };
  const key = (name) => { const e = Object.assign(new Event('keydown', { cancelable: true }), { key: name }); input.dispatchEvent(e); return e; };
  return { element, input, list, status, asked, type, key };
}

test('it is a combobox that asks once typing pauses', async () => {
  const m = mount({ subject: 'individual', limit: '5' });
  assert.equal(m.input.getAttribute('role'), 'combobox');
  m.type('共'); m.type('共享');
  await wait(150);
  assert.equal(m.asked.length, 1);
  assert.equal(m.asked[0].href, 'http://leimu.test/v1/suggest?q=' + encodeURIComponent('共享') + '&subject=individual&limit=5');
  assert.equal(m.input.getAttribute('aria-expanded'), 'true');
  assert.equal(m.list.children.length, 2);
  assert.equal(m.status.textContent, '2 条建议');
});

test('it does not ask in the middle of a composition', async () => {
  const m = mount();
  m.input.dispatchEvent(new Event('compositionstart'));
  m.type('gong', { isComposing: true });
  await wait(150);
  assert.equal(m.asked.length, 0);
  m.input.value = '共';
  m.input.dispatchEvent(new Event('compositionend'));
  await wait(150);
  assert.equal(m.asked.length, 1);
});

test('late answers are dropped', async () => {
  const m = mount({}, async (q) => { await wait(q === '慢' ? 250 : 10); return [suggestion(q)]; });
  m.type('慢'); await wait(120);
  m.type('快'); await wait(400);
  assert.equal(m.list.children.length, 1);
  assert.match(m.list.children[0].textContent, /^快/);
});

test('keys move, choose and close', async () => {
  const m = mount({ name: 'category' });
  let chosen;
  m.element.addEventListener('leimu-select', (e) => { chosen = e.detail; });
  m.type('共'); await wait(150);
  m.key('ArrowDown'); m.key('ArrowDown');
  assert.equal(m.input.getAttribute('aria-activedescendant'), m.list.children[1].getAttribute('id'));
  m.key('Home');
  assert.equal(m.list.children[0].getAttribute('aria-selected'), 'true');
  m.key('End');
  assert.ok(m.key('Enter').defaultPrevented);
  assert.equal(chosen.category.id, 'b');
  assert.equal(m.element.formValue, 'b');
  assert.equal(m.element.value, 'b');
  assert.equal(m.input.value, '共二');
  assert.equal(m.input.getAttribute('aria-expanded'), 'false');
  m.type('共'); await wait(150);
  assert.equal(m.element.formValue, '');
  assert.equal(m.key('Enter').defaultPrevented, false); // nothing is active: the form is sent
  m.key('Escape');
  assert.equal(m.list.hidden, true);
});

test('names are text, and spans count characters', async () => {
  const m = mount({}, () => [suggestion('<img src=x onerror=alert(1)>')]);
  m.type('x'); await wait(150);
  assert.match(m.list.children[0].textContent, /^<img/);
  assert.deepEqual(spans('a𠮷b', [1, 2]), ['a', '𠮷', 'b']);
});

test('a field of the page is used where it stands', () => {
  class Upgraded extends LeimuSuggest {
    querySelector() { return own; }
  }
  const own = new Node_('input');
  const element = new Upgraded();
  assert.equal(own.getAttribute('role'), 'combobox');
  assert.equal(element.shadow, undefined);
});

test('a failing server leaves the field usable', async () => {
  const m = mount({}, () => { throw new Error('down'); });
  m.type('共'); await wait(150);
  assert.equal(m.input.getAttribute('aria-expanded'), 'false');
  assert.equal(m.status.textContent, '暂时没有建议');
});
