// A block copied from a spreadsheet and pasted into a cell of a grid goes to the form beside it (form[data-block]), with the cell
// where it begins: the last part of the cell's own address. One value is pasted as anywhere.
document.addEventListener('paste', event => {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const field = event.target.closest?.('table form[data-cell] input');
  const form = document.querySelector('form[data-block]');
  if (!field || !form || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  form.elements.o.value = field.form.action.split('/').pop();
  form.elements.khoi.value = text;
  const cells = [...field.closest('table').querySelectorAll('form[data-cell]')];
  form.elements.truoc.value = cells.map(cell => cell.action.split('/').pop() + '=' + cell.elements.version.value).join(';');
  // What the block covers need not be asked about when the page goes.
  const at = field.closest('td').cellIndex;
  let row = field.closest('tr');
  for (const line of text.replace(/\r/g, '').trimEnd().split('\n')) {
    line.split('\t').forEach((_, right) => {
      for (const box of row?.cells[at + right]?.querySelectorAll('form[data-cell] input:not([type=hidden])') ?? []) box.value = box.defaultValue;
    });
    row = row?.nextElementSibling;
  }
  cv.say('Đang nhận khối số liệu…');
  form.requestSubmit();
});
