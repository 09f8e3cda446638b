// Completes what is typed, with Node or in a browser: node suggest.mjs 共享chong
const base = process.env.LEIMU ?? 'http://localhost:8080';

export async function suggest(q, { limit = 5, subject, signal } = {}) {
  const url = new URL('/v1/suggest', base);
  url.searchParams.set('q', q);
  url.searchParams.set('limit', limit);
  if (subject) url.searchParams.set('subject', subject);
  const response = await fetch(url, { signal });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.detail}`); // application/problem+json
  return answer.suggestions;
}

for (const s of await suggest(process.argv[2] ?? 'gxcdb')) {
  // span counts characters: spread the text before cutting it
  const matched = [...s.text].slice(...s.span).join('');
  console.log(`${s.text}\t${s.match} ${matched}\t${s.category.path.join('>')}\t${s.category.id}`);
}
