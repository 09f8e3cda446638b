// Filters the tree while it is typed. Enter asks the server, which reads
// traditional characters as well.

export function start() {
  const field = document.getElementById('filter-text');
  const count = document.getElementById('filter-count');
  const levels = [...document.querySelectorAll('.tree details')].map((details) => ({
    details,
    leaves: [...details.querySelectorAll('li')].map((leaf) => ({
      leaf,
      text: [details.querySelector('h3').firstChild, leaf.querySelector('a'), leaf.querySelector('.brief')]
        .map((e) => e.textContent).join(' ').toLowerCase(),
    })),
  }));

  function filter() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { details, leaves } of levels) {
      let here = 0;
      for (const { leaf, text } of leaves) {
        leaf.hidden = !words.every((word) => text.includes(word));
        if (!leaf.hidden) here++;
      }
      details.hidden = here === 0;
      if (words.length) details.open = true;
      shown += here;
    }
    count.textContent = `${shown} 个`;
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target?.closest('details');
    if (!details) return;
    details.open = true;
    details.scrollIntoView();
  }

  field.addEventListener('input', (event) => { if (!event.isComposing) filter(); });
  field.addEventListener('compositionend', filter);
  addEventListener('hashchange', reveal);
  reveal();
}
