// The grid of criteria: cells saved one by one, keys to go through them, details in a drawer.
// The contract of request and answer is in kit/web/src/look/README.md.
//
//   table[data-grid=score|appraise]
//   form[data-cell]     a cell; posted when it is left (a choice: when it is made)
//   [data-say]          the state of the row in words      [data-saved]   the same for the whole page
//   a[data-open]        opens details in #ngan             a[data-close]  closes them
//   a[data-evidence]    Alt+E                              button[data-agree]  Y
(() => {
  const drawer = document.getElementById('ngan');
  const notes = new WeakMap();
  const FIELD = ':is(input:not([type=hidden]), select, textarea)';

  const noteOf = form => {
    if (!notes.has(form)) notes.set(form, {});
    return notes.get(form);
  };
  const cells = () => [...document.querySelectorAll('form[data-cell]')];
  const placeOf = form => form.closest('.c') || form;

  // Differs from what the server drew.
  const changed = form => [...form.elements].some(one => {
    if (one.type === 'hidden' || one.type === 'submit') return false;
    if (one.type === 'checkbox' || one.type === 'radio') return one.checked !== one.defaultChecked;
    if (one.options) return [...one.options].some(option => option.selected !== option.defaultSelected);
    return one.value !== one.defaultValue;
  });
  // What the person entered, without version and key.
  const entered = (form, submitter) => {
    const data = new URLSearchParams(new FormData(form, submitter));
    data.delete('key');
    data.delete('version');
    return data.toString();
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

  // ---- showing how it stands

  const show = (form, state, words) => {
    const place = placeOf(form);
    place.classList.remove('saving', 'failed');
    if (state) place.classList.add(state);
    const say = form.closest('tr')?.querySelector('[data-say]');
    if (say && state === 'saving') say.replaceChildren(cv.make('span', words, {class: 'tag t-info'}));
    if (say && state === 'failed') {
      say.replaceChildren(cv.make('span', words, {class: 'tag t-bad'}), cv.make('button', 'Thử lại', {type: 'button', class: 'retry', 'data-retry': ''}));
    }
  };
  const showAll = () => {
    const place = document.querySelector('[data-saved]');
    if (!place) return;
    const failed = document.querySelectorAll('.c.failed').length;
    place.classList.toggle('failed', failed > 0);
    if (failed) place.textContent = 'Chưa lưu được ' + failed + ' ô – giữ trang này mở';
    else if (document.querySelector('.c.saving')) place.textContent = 'Đang lưu…';
    else place.textContent = 'Đã lưu lúc ' + cv.clock();
  };

  // ---- saving

  const save = async (form, submitter) => {
    const note = noteOf(form);
    if (note.busy) {
      note.again = true;
      return;
    }
    const body = entered(form, submitter);
    // The same values go again under the same key, others under a new one.
    if (note.sent !== undefined && note.sent !== body) form.elements.key.value = newKey();
    note.sent = body;
    note.busy = true;
    const data = new URLSearchParams(new FormData(form, submitter));
    show(form, 'saving', 'Đang lưu…');
    showAll();
    try {
      const answer = await fetch(form.action, {
        method: 'POST', body: data, signal: AbortSignal.timeout(20000),
        headers: {'HX-Request': 'true', Accept: 'text/html'},
      });
      note.busy = false;
      if (answer.redirected || answer.status === 401) fail(form, 'Phiên làm việc đã hết', false);
      else if ([200, 409, 422].includes(answer.status)) settle(form, await answer.text(), answer.status);
      else fail(form, answer.status === 403 ? 'Không được phép' : 'Chưa lưu được', answer.status >= 500 || answer.status === 429);
    } catch {
      note.busy = false;
      fail(form, 'Mất kết nối', true);
    }
    showAll();
  };

  const fail = (form, words, retry) => {
    noteOf(form).retry = retry;
    show(form, 'failed', words);
    cv.say(words + '. Số liệu vẫn còn trong ô.' + (retry ? ' Hệ thống sẽ tự thử lại.' : ''));
  };

  const settle = (form, html, status) => {
    show(form, '');
    const again = noteOf(form).again;
    noteOf(form).again = false;
    const id = form.closest('tr')?.id;
    swap(html, form);
    cv.say(status === 200 ? 'Đã lưu lúc ' + cv.clock() : 'Chưa lưu. ' + (document.getElementById(id)?.querySelector('.say')?.textContent || ''));
    if (again && form.isConnected && changed(form)) save(form);
  };

  const retryAll = () => cells().filter(form => placeOf(form).classList.contains('failed') && noteOf(form).retry).forEach(form => save(form));
  addEventListener('online', retryAll);
  setInterval(retryAll, 10000);
  cv.on('click', '[data-retry]', button => {
    for (const form of button.closest('tr').querySelectorAll('.failed form[data-cell]')) save(form);
  });

  // ---- drawing the answer

  const swap = (html, saved) => {
    const fresh = document.createElement('template');
    fresh.innerHTML = html;
    for (const piece of [...fresh.content.children]) {
      const old = piece.id && document.getElementById(piece.id);
      if (!old) continue;
      if (old.matches('tr')) swapRow(old, piece, saved);
      else swapPiece(old, piece);
    }
  };

  // The focus stays at the same place among the links and buttons of a piece.
  const swapPiece = (old, piece) => {
    if (keepActions(old, piece)) return;
    const stops = box => [...box.querySelectorAll('a[href], button, input, select, textarea')];
    const at = stops(old).indexOf(document.activeElement);
    old.replaceWith(piece);
    if (at >= 0) stops(piece)[at]?.focus({preventScroll: true});
    htmx.process(piece);
  };

  // The strip's buttons stay the elements they are while they say the same: one that is just being pressed would be gone before
  // the press has done anything. What their forms carry hidden is brought up to date.
  const keepActions = (old, piece) => {
    const [kept, fresh] = [old, piece].map(box => box.querySelector(':scope > .actions'));
    if (!kept || !fresh || kept.textContent !== fresh.textContent) return false;
    const hidden = box => [...box.querySelectorAll('input[type=hidden]')];
    hidden(kept).forEach((field, at) => { field.value = hidden(fresh)[at]?.value ?? field.value; });
    for (const child of [...old.children]) if (child !== kept) child.remove();
    for (const child of [...piece.children]) if (child !== fresh) kept.before(child);
    htmx.process(old);
    return true;
  };

  // Cell by cell. One that has the focus, or something typed since, stays: replacing it would cut a
  // typing program off in the middle of a letter.
  const swapRow = (old, piece, saved) => {
    const next = [...piece.cells];
    [...old.cells].forEach((cell, at) => {
      if (!next[at]) return;
      const form = cell.querySelector('form[data-cell]');
      const newer = form && changed(form) && !(form === saved && entered(form) === noteOf(form).sent);
      const inside = cell.contains(document.activeElement);
      const typing = inside && document.activeElement.matches(FIELD);
      if (form && next[at].querySelector('form') && (newer || typing)) adopt(cell, next[at], newer);
      else {
        cell.replaceWith(next[at]);
        // A button that was pressed ("Đồng ý") is gone: the focus goes to what stands in its place.
        if (inside) next[at].querySelector(FIELD + ', button, a')?.focus({preventScroll: true});
      }
    });
    old.className = piece.className + (old.classList.contains('open') ? ' open' : '');
    htmx.process(old);
  };

  const adopt = (cell, next, newer) => {
    const form = cell.querySelector('form');
    const fresh = next.querySelector('form');
    const busy = cell.classList.contains('saving') ? ' saving' : '';
    cell.className = next.className + busy;
    for (const name of ['version', 'key']) if (fresh.elements[name]) form.elements[name].value = fresh.elements[name].value;
    if (!busy) notes.delete(form);
    form.querySelector('.say')?.remove();
    const say = fresh.querySelector('.say');
    if (say) form.append(say);
    for (const field of form.querySelectorAll(FIELD)) {
      const twin = fresh.elements[field.name];
      for (const name of ['aria-invalid', 'aria-describedby']) {
        if (twin?.getAttribute?.(name)) field.setAttribute(name, twin.getAttribute(name));
        else field.removeAttribute(name);
      }
      if (newer) continue;
      // What stands there is what the server has: no longer a change.
      if (field.options) for (const option of field.options) option.defaultSelected = option.selected;
      else if (field.type === 'checkbox' || field.type === 'radio') field.defaultChecked = field.checked;
      else field.defaultValue = field.value;
    }
  };

  // ---- when a cell is saved

  cv.on('change', 'form[data-cell]', (form, event) => {
    if (event.target.matches('select, [type=checkbox], [type=radio]')) save(form);
  });
  cv.on('focusout', 'form[data-cell]', (form, event) => {
    if (!form.contains(event.relatedTarget) && changed(form) && !(noteOf(form).busy && entered(form) === noteOf(form).sent)) save(form);
  });
  cv.on('submit', 'form[data-cell]', (form, event) => {
    event.preventDefault();
    if (event.submitter?.name || changed(form)) save(form, event.submitter);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) cells().filter(form => changed(form) && !noteOf(form).busy).forEach(form => save(form));
  });
  addEventListener('beforeunload', event => {
    if (cells().some(form => changed(form) || placeOf(form).classList.contains('failed'))) event.preventDefault();
  });

  // ---- going through the cells

  const enter = field => {
    if (!field) return false;
    field.focus();
    if (field.select) field.select();
    return true;
  };
  const fieldsOf = box => [...box.querySelectorAll('form[data-cell] ' + FIELD)];

  const along = (field, by) => {
    const all = fieldsOf(field.closest('table'));
    return enter(all[all.indexOf(field) + by]);
  };
  const down = (field, by) => {
    const column = field.closest('td').cellIndex;
    let row = field.closest('tr');
    while ((row = by > 0 ? row.nextElementSibling : row.previousElementSibling)) {
      const found = row.cells[column] && fieldsOf(row.cells[column])[0];
      if (found) return enter(found);
    }
    return false;
  };

  const inCell = (field, event) => {
    const text = field.matches('input:not([type=checkbox], [type=radio])');
    const key = event.key;
    if (key === 'Tab') return along(field, event.shiftKey ? -1 : 1);
    if (key === 'ArrowDown' && text) return down(field, 1) || true;
    if (key === 'ArrowUp' && text) return down(field, -1) || true;
    if (key === 'Enter' && !field.matches('textarea') && !event.shiftKey) return down(field, 1) || (field.blur(), true);
    if (key === 'F2') return enter(field);
    if (key === 'Escape') {
      const name = field.closest('tr').querySelector('th a');
      (name || field).focus();
      return !!name;
    }
    return false;
  };

  document.addEventListener('keydown', event => {
    if (cv.composing(event)) return;
    const row = cv.row();
    const grid = row?.closest('[data-grid]');
    if (event.key === 'Escape' && !cv.inField(row && document.activeElement)) {
      drawer?.querySelector('[data-close]')?.click();
      return;
    }
    if (!grid) return;
    const press = selector => {
      const found = row.querySelector(selector);
      found?.click();
      return !!found;
    };
    let done = false;
    if (event.key === 'F4' || (event.key === 'Enter' && event.ctrlKey)) done = press('[data-open]');
    else if (event.altKey && event.code === 'KeyE') done = press('[data-evidence]');
    else if (event.ctrlKey || event.altKey || event.metaKey) return;
    else if (document.activeElement.matches('form[data-cell] ' + FIELD)) done = inCell(document.activeElement, event);
    else if (event.key === 'F2') done = enter(fieldsOf(row)[0]);
    else if (grid.dataset.grid === 'appraise' && cv.letters(event)) {
      if (event.key === 'y' || event.key === 'Y') done = press('[data-agree]');
      if (event.key === 'n' || event.key === 'N') done = enter(fieldsOf(row)[0]);
    }
    if (done) event.preventDefault();
  });

  // ---- details

  const mark = row => {
    document.querySelector('tr.open')?.classList.remove('open');
    row?.classList.add('open');
  };
  cv.on('click', 'a[data-open]', async (link, event) => {
    if (!drawer || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, {headers: {'HX-Request': 'true', 'HX-Target': 'aside#ngan'}});
      if (!answer.ok || answer.redirected) throw answer;
      const fresh = document.createElement('template');
      fresh.innerHTML = await answer.text();
      const whole = fresh.content.querySelector('#ngan');
      drawer.replaceChildren(...(whole || fresh.content).childNodes);
    } catch {
      // The browser shows what is the matter, as without script.
      location = link.href;
      return;
    }
    htmx.process(drawer);
    mark(link.closest('tr'));
    history.replaceState(null, '', link.href);
    drawer.scrollTop = 0;
    drawer.focus({preventScroll: true});
  });
  cv.on('click', 'a[data-close]', (link, event) => {
    event.preventDefault();
    const row = document.querySelector('tr.open');
    drawer.replaceChildren();
    history.replaceState(null, '', link.href);
    mark(null);
    row?.querySelector('[data-open]')?.focus();
  });
})();
