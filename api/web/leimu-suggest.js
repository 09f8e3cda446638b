// <leimu-suggest>: a text field that completes 备案 service categories, for any
// page and form. No framework, no build.
//
//   <script type="module" src="https://leimu.example/leimu-suggest.js"></script>
//   <form><leimu-suggest name="category" placeholder="小程序是做什么的?"></leimu-suggest></form>
//
// Attributes: src (where leimu answers; the script's own origin), name (of the
// form field, whose value is the chosen category's id), value (that id),
// placeholder, label, subject, region, limit. An <input> that stands in the element
// is used as its field, and stays where it is: it works before this script and
// without it, and is the page's to style, as is the list.
// Event: leimu-select, with the suggestion as detail.
//
// It is a combobox as ARIA 1.2 describes it: the focus stays in the field, and
// aria-activedescendant names the option. Data reaches the page as text only.

const DEBOUNCE = 80; // ms: shorter than a pause between words, longer than one between letters
const MATCH = { pinyin: '拼音', initials: '首字母', mixed: '混拼', typo: '近似' };
const VERDICT = { eligible: '可选', conditional: '可选,有条件', not_recommended: '不建议选择', ineligible: '不可选' };

const CSS = `
:host { display: inline-block; position: relative; min-width: 16em; font: inherit; }
:host([hidden]) { display: none; }
input { box-sizing: border-box; width: 100%; font: inherit; color: inherit; padding: .5em .75em;
  background: var(--leimu-background, Canvas); border: 1px solid var(--leimu-border, GrayText); border-radius: .375em; }
input:focus-visible { outline: 2px solid var(--leimu-accent, Highlight); outline-offset: 1px; }
ul { position: absolute; inset-inline: 0; top: calc(100% + .25em); z-index: 1000; margin: 0; padding: .25em; list-style: none;
  max-height: 22em; overflow-y: auto; color: CanvasText; background: var(--leimu-background, Canvas);
  border: 1px solid var(--leimu-border, GrayText); border-radius: .375em; box-shadow: 0 .25em 1em rgb(0 0 0 / .15); }
ul[hidden] { display: none; }
li { display: flex; flex-wrap: wrap; gap: 0 .75em; align-items: baseline; min-height: 1.75em; padding: .375em .5em;
  border-radius: .25em; cursor: pointer; }
li[aria-selected="true"] { color: HighlightText; background: var(--leimu-accent, Highlight); }
mark { color: inherit; background: none; font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
small { opacity: .8; }
.path { margin-inline-start: auto; }
.status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { li[aria-selected="true"] { forced-color-adjust: none; } }
`;

const HERE = new URL(import.meta.url).origin;
let sheet; // shared by all instances, and allowed where a policy forbids inline styles
let count = 0;

function element(name, attributes = {}, ...children) {
  const e = name instanceof Element ? name : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

/** Splits a text at its span, in characters as the API counts them, not UTF-16 units. */
export function spans(text, [start, end]) {
  const characters = [...text];
  const part = (a, b) => characters.slice(a, b).join('');
  return [part(0, start), part(start, end), part(end)];
}

export class LeimuSuggest extends HTMLElement {
  static formAssociated = true;
  static observedAttributes = ['value', 'placeholder', 'label'];

  #internals = this.attachInternals?.();
  #input;
  #list;
  #status;
  #id = `leimu-${++count}`;
  #suggestions = [];
  #active = -1;
  #composing = false;
  #timer;
  #request; // AbortController of the answer that is awaited
  #sequence = 0; // of the last question asked: earlier answers come too late

  constructor() {
    super();
    const own = this.querySelector('input');
    const root = own ? this : this.#shadow();
    const list = `${this.#id}-list`;
    this.#input = element(own ?? 'input', {
      type: 'text', role: 'combobox', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: '200',
      'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', 'aria-controls': list,
    });
    this.#list = element('ul', { id: list, role: 'listbox', 'aria-label': '类目建议', hidden: '' });
    this.#status = element('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
    root.append(...(own ? [] : [this.#input]), this.#list, this.#status); // moved, it would lose the focus
    this.#listen();
  }

  #shadow() {
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
    }
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  attributeChangedCallback(name, _, value) {
    if (name === 'value') this.#choose(value ?? '', value ?? '');
    if (name === 'placeholder') this.#input.placeholder = value ?? '';
    this.#input.setAttribute('aria-label', this.getAttribute('label') || this.getAttribute('placeholder') || '服务类目');
  }

  connectedCallback() {
    this.attributeChangedCallback('label');
  }

  disconnectedCallback() {
    this.close();
  }

  /** The id of the chosen category, '' for none. */
  get value() { return this.#value; }
  set value(id) { this.setAttribute('value', id ?? ''); }
  #value = '';

  /** What stands in the field. */
  get text() { return this.#input.value; }

  get suggestions() { return this.#suggestions; }

  formResetCallback() { this.#choose(this.getAttribute('value') ?? '', this.getAttribute('value') ?? ''); }
  formDisabledCallback(disabled) { this.#input.disabled = disabled; }

  #choose(id, text) {
    this.#value = id;
    this.#input.value = text;
    this.#internals?.setFormValue?.(id);
  }

  #listen() {
    const input = this.#input;
    input.addEventListener('compositionstart', () => {
      this.#composing = true;
      this.#cancel();
    });
    input.addEventListener('compositionend', () => {
      this.#composing = false;
      this.#typed();
    });
    input.addEventListener('input', (event) => {
      if (!this.#composing && !event.isComposing) this.#typed();
    });
    input.addEventListener('keydown', (event) => this.#key(event));
    input.addEventListener('blur', () => this.close());
    // mousedown, as a click comes after the field has lost the focus
    this.#list.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const option = event.target.closest('li');
      if (option) this.#select(Number(option.dataset.index));
    });
  }

  #typed() {
    this.#value = ''; // what stands there is no chosen category any more
    this.#internals?.setFormValue?.('');
    this.#cancel();
    if (!this.#input.value.trim()) return this.close();
    this.#timer = setTimeout(() => this.#ask(), DEBOUNCE);
  }

  #cancel() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#sequence++;
  }

  #address() {
    const url = new URL('/v1/suggest', this.getAttribute('src') || HERE);
    url.searchParams.set('q', this.#input.value);
    for (const name of ['subject', 'region', 'limit']) {
      if (this.getAttribute(name)) url.searchParams.set(name, this.getAttribute(name));
    }
    return url;
  }

  async #ask() {
    const sequence = ++this.#sequence;
    this.#request = new AbortController();
    try {
      const response = await fetch(this.#address(), { signal: this.#request.signal });
      const answer = await response.json();
      if (sequence !== this.#sequence) return; // something else has been typed since
      if (!response.ok) throw new Error(answer.detail || answer.title);
      this.#show(answer.suggestions);
    } catch (error) {
      if (error.name === 'AbortError' || sequence !== this.#sequence) return;
      this.close();
      this.#status.textContent = '暂时没有建议';
      this.dispatchEvent(new CustomEvent('leimu-error', { detail: error, bubbles: true, composed: true }));
    }
  }

  #show(suggestions) {
    this.#suggestions = suggestions;
    this.#list.replaceChildren(...suggestions.map((s, i) => this.#option(s, i)));
    this.#activate(-1);
    this.#open(suggestions.length > 0);
    this.#status.textContent = suggestions.length ? `${suggestions.length} 条建议` : '没有建议';
  }

  #option(s, index) {
    const [before, match, after] = spans(s.text, s.span);
    const text = element('span', {}, before);
    if (match) text.append(element('mark', {}, match));
    text.append(after);
    const option = element('li', { id: `${this.#id}-${index}`, role: 'option', 'aria-selected': 'false', 'data-index': index }, text);
    const notes = [MATCH[s.match], VERDICT[s.verdict?.status]].filter(Boolean).join(' · ');
    if (notes) option.append(element('small', {}, notes));
    option.append(element('small', { class: 'path' }, s.category.path.join(' › ')));
    return option;
  }

  #open(open) {
    this.#list.hidden = !open;
    this.#input.setAttribute('aria-expanded', String(open));
  }

  /** Closes the list and forgets what was asked. */
  close() {
    this.#cancel();
    this.#suggestions = [];
    this.#list.replaceChildren();
    this.#activate(-1);
    this.#open(false);
    this.#status.textContent = '';
  }

  #activate(index) {
    this.#list.children[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = index;
    const option = this.#list.children[index];
    if (!option) return this.#input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView?.({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', option.id);
  }

  #key(event) {
    if (this.#composing || event.isComposing || event.keyCode === 229) return; // the IME's own keys
    const n = this.#suggestions.length;
    if (event.key === 'Escape') {
      if (n) event.preventDefault();
      else this.#choose('', '');
      return this.close();
    }
    if (!n) {
      if (event.key === 'ArrowDown' && this.#input.value.trim()) this.#ask();
      return;
    }
    switch (event.key) {
      case 'ArrowDown': this.#activate((this.#active + 1) % n); break;
      case 'ArrowUp': this.#activate(this.#active <= 0 ? n - 1 : this.#active - 1); break;
      case 'Home': if (this.#active < 0) return; this.#activate(0); break;
      case 'End': if (this.#active < 0) return; this.#activate(n - 1); break;
      case 'Enter': if (this.#active < 0) return; this.#select(this.#active); break;
      default: return;
    }
    event.preventDefault();
  }

  #select(index) {
    const suggestion = this.#suggestions[index];
    if (!suggestion) return;
    this.#choose(suggestion.category.id, suggestion.text);
    this.close();
    this.dispatchEvent(new CustomEvent('leimu-select', { detail: suggestion, bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

if (!customElements.get('leimu-suggest')) customElements.define('leimu-suggest', LeimuSuggest);
