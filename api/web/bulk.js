// Answers a table: sends the form, shows the rows as they are answered, and leaves
// the form's own button to fetch them as a file.

import { asker, say } from './page.js';

const SHOWN = 500; // rows; a browser is slow with more, and the file has them all

function element(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

function badge({ who, sign, word, status }) {
  return element('span', { className: `badge ${status}`, title: word }, element('span', { className: 'sign' }, sign), `${who}${word}`);
}

function line(row) {
  const answer = element('td');
  if (row.problem) answer.append(row.problem);
  else if (row.level === 'none' || !row.path) answer.append('没找到合适的类目');
  else answer.append(element('a', { href: `/c/${encodeURIComponent(row.id)}` }, row.path));
  const verdicts = element('td', {}, ...(row.level === 'none' ? [] : row.verdicts ?? []).map(badge));
  return element('tr', {}, element('td', {}, String(row.line)), element('td', {}, row.text), answer,
    element('td', {}, row.certainty ?? ''), verdicts);
}

function table() {
  const head = ['行', '描述', '类目', '把握', '能不能选'].map((name) => element('th', { scope: 'col' }, name));
  const body = element('tbody');
  const scroll = element('div', { className: 'scroll', tabIndex: 0 }, element('table', {}, element('thead', {}, element('tr', {}, ...head)), body));
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', '回答');
  return { scroll, body };
}

async function* lines(stream) {
  let rest = '';
  for (let reader = stream.pipeThrough(new TextDecoderStream()).getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) break;
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

let request;

/** Answers the file that was chosen in the form. */
export async function answer(form) {
  request?.abort();
  request = new AbortController();
  const outcome = form.querySelector('.outcome');
  const [file] = form.elements.file.files;
  if (!file) return outcome.replaceChildren();
  const bar = element('progress', { max: 1, value: 0 });
  bar.setAttribute('aria-label', '进度');
  const told = element('p', {}, `正在查 ${file.name}…`);
  const { scroll, body } = table();
  outcome.replaceChildren(told, bar);

  form.elements.subject.value = asker.subject;
  form.elements.region.value = asker.region;
  try {
    const response = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/x-ndjson' }, signal: request.signal });
    if (!response.ok) throw new Error((await response.json()).title);
    await fill(response.body, { bar, told, body, scroll, outcome });
  } catch (error) {
    if (error.name === 'AbortError') return;
    bar.remove();
    told.textContent = `没能查完:${error.message}。请用 XLSX、CSV、TSV 或 TXT,其中要有一列写着小程序做什么。`;
    say(told.textContent);
  }
}

async function fill(stream, { bar, told, body, scroll, outcome }) {
  let done = 0, failed = 0, total = 0;
  for await (const row of lines(stream)) {
    if ('total' in row) {
      total = bar.max = row.total;
      outcome.append(scroll);
      continue;
    }
    bar.value = ++done;
    if (row.problem) failed++;
    if (done <= SHOWN) body.append(line(row));
    if (done % 100 === 0) told.textContent = `${done} / ${total} 行`;
  }
  if (done !== total) throw new Error('连接断了');
  const more = total > SHOWN ? `,这里只列前 ${SHOWN} 行` : '';
  told.textContent = `查完了:${total} 行${failed ? `,其中 ${failed} 行没法查` : ''}${more}。点“查完并下载”取结果文件。`;
  say(told.textContent);
}
