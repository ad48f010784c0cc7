// Ordinary forms: sent once, not left by accident, errors first.
//
//   form[method=post]        sent once; the buttons wait (data-cell forms: see grid.js)
//   button[data-file]        the answer is a file, the page stays: buttons come back
//   form[data-guard]         asks before leaving with something typed
//   [data-errors]            gets the focus when the page opens
//   [data-copy="text"]       copies
//   [data-print]             prints
//   input[data-megabytes]    says what was picked, and at once if it is too large
//   details[data-menu]       closes by Esc and by a click elsewhere
(() => {
  let typed = null;

  const free = form => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
  };

  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post' || form.matches('[data-cell]')) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    typed = null;
    const button = event.submitter;
    // aria-disabled, not disabled: a disabled button would not be sent with the form, and loses the focus.
    button?.setAttribute('aria-disabled', 'true');
    cv.say('Đang gửi');
    // The server takes each key once, so a second press after a while does no harm.
    setTimeout(() => free(form), button?.dataset.file === undefined ? 15000 : 3000);
  });
  // Coming back by the browser's button shows the page as it was left.
  addEventListener('pageshow', event => {
    if (event.persisted) document.querySelectorAll('form[data-sent]').forEach(free);
  });

  cv.on('input', 'form[data-guard]', form => { typed = form; });
  addEventListener('beforeunload', event => {
    if (typed?.isConnected) event.preventDefault();
  });

  const errors = document.querySelector('[data-errors]');
  errors?.focus();
  cv.on('click', '[data-errors] a', (link, event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    // The label or the legend comes into sight too, not only the box.
    (field.closest('fieldset') || field.closest('.govuk-form-group') || field).scrollIntoView();
    field.focus({preventScroll: true});
  });

  cv.on('click', '[data-copy]', async button => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Not over https: the old way, through a selection.
      const box = cv.make('textarea', '', {readonly: ''});
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand('copy');
      box.remove();
      button.focus();
    }
    const before = button.innerHTML;
    button.textContent = 'Đã sao chép';
    cv.say('Đã sao chép');
    setTimeout(() => { button.innerHTML = before; }, 2000);
  });

  cv.on('click', '[data-print]', () => print());

  cv.on('change', 'input[data-megabytes]', input => {
    const most = Number(input.dataset.megabytes);
    const size = file => file.name + ', ' + (file.size / 1048576).toFixed(1).replace('.', ',') + ' MB';
    const box = input.parentElement;
    const picked = box.querySelector('[data-picked]');
    if (picked) picked.textContent = [...input.files].map(size).join('; ') || 'Chưa chọn tệp';
    const heavy = [...input.files].filter(file => file.size > most * 1048576);
    box.parentElement.querySelector('.file-said')?.remove();
    if (heavy.length) box.after(cv.make('p', 'Tệp quá lớn (tối đa ' + most + ' MB): ' + heavy.map(size).join('; '), {class: 'file-said', role: 'alert'}));
  });

  const closeMenus = except => {
    for (const menu of document.querySelectorAll('details[data-menu][open]')) if (menu !== except) menu.open = false;
  };
  document.addEventListener('click', event => closeMenus(event.target.closest('details[data-menu]')));
  document.addEventListener('keydown', event => {
    const menu = document.activeElement?.closest('details[data-menu][open]');
    if (event.key !== 'Escape' || !menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
})();
