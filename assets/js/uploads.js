// Large files go in pieces of 1 MB before their form does: a line that breaks goes on where it stopped, also after the page
// was closed. The form then carries their ids instead of them. Small files, and browsers without this, send them whole.
(() => {
  const PIECE = 1048576;
  const TRIES = 6;
  const known = file => 'cv-tai-len:' + [file.name, file.size, file.lastModified].join(':');
  const wait = seconds => new Promise(done => setTimeout(done, seconds * 1000));
  const megabytes = bytes => (bytes / 1048576).toFixed(1).replace('.', ',') + ' MB';

  // Where a browser keeps nothing, a file goes on only as long as its page is open.
  const memory = (deed, ...words) => {
    try {
      return localStorage[deed](...words);
    } catch {
      return null;
    }
  };

  class Refused extends Error {}

  const ask = async (address, options) => {
    const answer = await fetch(address, {credentials: 'same-origin', ...options});
    if (answer.ok || answer.status === 409) return answer.json();
    if (answer.status >= 500) throw new Error(answer.status);
    throw new Refused(answer.status);
  };

  const begin = async (file, csrf) => {
    const kept = memory('getItem', known(file));
    if (kept) {
      try {
        return await ask('/tai-len/' + kept);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        memory('removeItem', known(file));
      }
    }
    const form = new URLSearchParams({csrf, ten: file.name, dung_luong: file.size});
    const begun = await ask('/tai-len', {method: 'POST', body: form});
    memory('setItem', known(file), begun.id);
    return begun;
  };

  // Sends what is still missing; after a break it asks how far the file is.
  const send = async (file, csrf, tell) => {
    for (let tried = 1; ; tried++) {
      try {
        let at = await begin(file, csrf);
        while (at.da_nhan < file.size) {
          tell('Đang tải ' + file.name + ': ' + megabytes(at.da_nhan) + ' trên ' + megabytes(file.size));
          const before = at.da_nhan;
          const body = file.slice(before, before + PIECE);
          at = await ask('/tai-len/' + at.id + '?tu=' + before, {method: 'PUT', body});
          if (at.da_nhan > before) tried = 1;
        }
        return at.id;
      } catch (error) {
        if (error instanceof Refused || tried >= TRIES) throw error;
        tell('Mất kết nối khi tải ' + file.name + '. Đang thử lại.');
        await wait(2 ** tried);
      }
    }
  };

  const line = input => {
    const box = input.closest('.govuk-form-group') || input.parentElement;
    return box.querySelector('[data-sending]') || box.appendChild(cv.make('p', '', {'data-sending': '', role: 'status'}));
  };

  const forget = form => {
    form.querySelectorAll('input[name^="tai_len."]').forEach(old => old.remove());
    delete form.dataset.pieces;
  };
  // Coming back by the browser's button: what was sent then is not sent again.
  addEventListener('pageshow', event => {
    if (event.persisted) document.querySelectorAll('form[data-pieces]').forEach(forget);
  });

  const sendAll = async (form, inputs, button) => {
    const csrf = form.elements.csrf?.value || '';
    for (const input of inputs) {
      const place = line(input);
      const tell = words => { place.textContent = words; };
      try {
        for (const file of [...input.files]) {
          const id = await send(file, csrf, tell);
          form.append(cv.make('input', '', {type: 'hidden', name: 'tai_len.' + input.name, value: id}));
          memory('removeItem', known(file));
        }
      } catch (error) {
        forget(form);
        tell(error instanceof Refused
          ? 'Chưa nhận được tệp này. Hãy tải lại trang, chọn lại tệp rồi gửi lại.'
          : 'Chưa tải xong do mất kết nối. Những gì đã tải vẫn được giữ: bấm gửi lại để tải tiếp.');
        return;
      }
      tell('Đã tải xong, đang gửi.');
    }
    for (const input of inputs) input.value = '';
    form.dataset.pieces = 'done';
    form.requestSubmit(button);
  };

  // Before the other listeners: a form whose files are on their way is not sent yet.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' || form.dataset.pieces === 'done') return;
    const inputs = [...form.querySelectorAll('input[type="file"][data-megabytes]')];
    const most = input => Number(input.dataset.megabytes) * 1048576;
    const heavy = inputs.find(input => [...input.files].some(file => file.size > most(input)));
    if (heavy) {
      // What is too large was said when it was chosen.
      event.preventDefault();
      heavy.focus();
      return;
    }
    const large = inputs.filter(input => [...input.files].some(file => file.size > PIECE));
    if (!large.length) return;
    event.preventDefault();
    if (form.dataset.pieces) return;
    form.dataset.pieces = 'sending';
    sendAll(form, large, event.submitter);
  }, true);
})();
