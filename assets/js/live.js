// A form whose questions hang on each other: the server says which are asked, after each answer that others look at.
// Without this file a button does the same.
//
//   form[data-live="a be.chua"]   the names of boxes that others look at, without their rows: be[2].chua is be.chua
(() => {
  let typed = 0; // an answer older than the last key would take that key away
  let stale = false;

  const stops = form => [...form.elements].filter(one => one.type !== 'hidden' && !one.matches('fieldset'));
  const after = (form, id) => stops(form)[stops(form).findIndex(one => one.id === id) + 1];

  const ask = async (form, box) => {
    const before = typed;
    const data = new URLSearchParams(new FormData(form));
    data.set('lam', 'xem');
    let answer;
    try {
      answer = await fetch(form.action, {method: 'POST', body: data, signal: AbortSignal.timeout(20000)});
    } catch {
      stale = true;
      return cv.say('Mất kết nối. Câu trả lời vẫn còn trong ô.');
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('form[data-live]');
    // Between pressing and letting go of a button nothing may move under the pointer.
    if (!fresh) {
      stale = true;
      for (const hidden of form.querySelectorAll('.no-js')) hidden.classList.remove('no-js');
      return cv.say('Chưa cập nhật được câu hỏi. Câu trả lời vẫn còn trong ô.');
    }
    stale = typed !== before || form.matches(':active');
    if (!stale && form.isConnected && !form.dataset.sent) swap(form, fresh, box.id);
  };

  const swap = (form, fresh, answered) => {
    const at = document.activeElement;
    // Who has gone on to the next box goes to the one that is next now.
    const isNext = at === after(form, answered);
    const grown = fresh.elements.length - form.elements.length;
    form.replaceWith(document.adoptNode(fresh));
    const again = isNext ? after(fresh, answered) : at.id ? document.getElementById(at.id) : fresh.querySelector('button[value="' + CSS.escape(at.value) + '"]');
    if (again !== at) again?.focus({preventScroll: true});
    // What was typed is still only typed: forms.js asks before it is left.
    fresh.dispatchEvent(new Event('input', {bubbles: true}));
    if (grown) cv.say(grown > 0 ? 'Có thêm câu hỏi' : 'Bớt câu hỏi');
  };

  cv.on('input', 'form[data-live]', () => { typed += 1; });
  cv.on('change', 'form[data-live] :is(input, select, textarea)', box => {
    const watched = box.form.dataset.live.split(' ');
    if (stale || watched.includes(box.name.replace(/\[\d+\]/g, ''))) ask(box.form, box);
  });
})();
