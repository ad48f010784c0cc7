// Keys that work on every page. The list is in the dialog #keys, opened by "?".
//
//   [data-key="alt+n"]   pressed by that key
//   [data-find]          gets the focus by Ctrl+K
//   [data-keys-open]     opens the list        [data-keys-off]   turns single letters off (WCAG 2.1.4)
//   J and K              go through the rows of a table.list or of the grid
(() => {
  const dialog = document.getElementById('keys');
  const off = document.querySelector('[data-keys-off]');
  const remembered = 'cv-keys-off';

  const read = () => {
    try {
      return localStorage.getItem(remembered) === '1';
    } catch {
      return false;
    }
  };
  if (off) off.checked = read();
  off?.addEventListener('change', () => {
    try {
      localStorage.setItem(remembered, off.checked ? '1' : '0');
    } catch {
      // A browser that keeps nothing: the choice holds until the page is left.
    }
  });

  // May a single letter be taken as a command now?
  cv.letters = event => !off?.checked && !event.ctrlKey && !event.altKey && !event.metaKey
    && !cv.composing(event) && !cv.inField(event.target) && !document.querySelector('dialog[open]');

  cv.on('click', '[data-keys-open]', () => dialog?.showModal());

  // The row that is worked on: where the focus is, else the one whose details are open.
  cv.row = () => document.activeElement?.closest('tbody tr') || document.querySelector('tr.open');

  const step = by => {
    const rows = [...document.querySelectorAll('.grid tbody tr:not(.sum), .list tbody tr')].filter(row => row.querySelector('a, button'));
    const at = rows.indexOf(cv.row());
    const next = rows[at < 0 ? 0 : at + by];
    next?.querySelector('th a, a, button').focus();
  };

  // By the place of the key, since Alt changes the letter on some keyboards.
  const named = event => [event.ctrlKey && 'ctrl', event.altKey && 'alt', event.shiftKey && 'shift',
    event.code.replace(/^(Key|Digit)/, '').toLowerCase()].filter(Boolean).join('+');

  document.addEventListener('keydown', event => {
    if (cv.composing(event) || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey) {
      const name = named(event);
      const find = name === 'ctrl+k' && document.querySelector('[data-find]');
      const target = find || document.querySelector('[data-key="' + name + '"]');
      if (target) {
        event.preventDefault();
        if (find) find.select(), find.focus();
        else target.click();
      } else if (name === 'alt+i') {
        event.preventDefault();
        print();
      }
      return;
    }
    if (!cv.letters(event)) return;
    if (event.key === '?' && dialog) dialog.showModal();
    else if (event.key === 'j' || event.key === 'J') step(1);
    else if (event.key === 'k' || event.key === 'K') step(-1);
    else return;
    event.preventDefault();
  });
})();
