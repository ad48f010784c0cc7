// Ticking many rows of a list.
//
//   [data-all]      in the head: ticks every box of the table
//   [data-some]     a button or a group of them: waits until something is ticked
//   [data-count]    says how many are
(() => {
  const boxes = () => [...document.querySelectorAll('table.list tbody input[type=checkbox]')];
  const show = () => {
    const all = document.querySelector('[data-all]');
    if (!all) return;
    const ticked = boxes().filter(box => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
    for (const place of document.querySelectorAll('[data-count]')) place.textContent = 'Đã chọn ' + ticked;
    for (const button of document.querySelectorAll('[data-some]')) button.disabled = ticked === 0;
  };
  cv.on('change', 'table.list input[type=checkbox]', box => {
    if (box.matches('[data-all]')) for (const one of boxes()) one.checked = box.checked;
    show();
  });
  addEventListener('pageshow', show);
})();
