// What the office does beside its dossiers: a filter kept, a storm looked at before it is written, hours, a fee given back,
// a workbook, a question to another agency, processes that have changed.

import { readFile } from 'node:fs/promises';
import { at, by, press, PROCEDURE } from '../lib/counter.mjs';
import { atWidths, keyboardOnly, newPage, noJs, signIn } from '../lib/page.mjs';

export const name = 'the pages of the office, by keyboard where work is done';
export const seconds = 300;

const WIDTHS = [360, 1366];
const wide = (page) => page.setViewportSize({ width: 1366, height: 768 });

async function person(browser, base, accounts, login, open = newPage) {
  const page = await open(browser, { base });
  await signIn(page, by(accounts, login));
  return page;
}

/// Takes a dossier in at the counter; gives its code.
async function receives(page, owner) {
  await page.goto(`/mot-cua/tiep-nhan?thu_tuc=${PROCEDURE}`);
  await page.getByLabel('Chủ hồ sơ', { exact: true }).fill(owner);
  await page.getByRole('group', { name: 'Mức thu' }).getByRole('radio').first().check();
  await page.getByRole('button', { name: /^Tiếp nhận/ }).first().click();
  await page.waitForURL(/\/mot-cua\/ho-so\//);
  return (await page.getByRole('heading', { level: 1 }).innerText()).trim();
}

/// The worklist narrowed and the filter kept, without a mouse.
async function keeps(page, shots) {
  await page.goto('/mot-cua');
  const keys = await keyboardOnly(page);
  await keys.tabTo(page.getByLabel('Hạn đến hết ngày'));
  await keys.type('31/12/2020');
  await keys.press('Enter');
  await page.waitForURL(/han_den=/);
  await keys.tabTo(page.getByRole('group').filter({ hasText: 'Lưu bộ lọc này' }));
  await keys.press('Enter');
  await keys.tabTo(page.getByLabel('Tên bộ lọc'));
  await keys.type('Hạn trong năm nay');
  await keys.press('Enter');
  await page.getByRole('navigation', { name: 'Bộ lọc đã lưu' }).waitFor();
  await atWidths(page, WIDTHS, shots, '1-worklist');
  await wide(page);
  await keys.tabTo(page.getByRole('link', { name: 'Đổi tên, xoá' }));
  await keys.press('Enter');
  await page.getByRole('heading', { name: 'Bộ lọc đã lưu' }).waitFor();
  await keys.finish();
  await atWidths(page, WIDTHS, shots, '2-filters');
}

/// A storm and other hours, looked at and not applied: the demo's deadlines stay.
async function looksAhead(page, shots) {
  await page.goto('/mot-cua/lich');
  const keys = await keyboardOnly(page);
  await keys.tabTo(page.getByLabel('Từ ngày'), 160);
  await keys.type('26/11/2020');
  await keys.tabTo(page.getByLabel('Đến hết ngày'));
  await keys.type('27/11/2020');
  await keys.tabTo(page.getByLabel('Lý do'));
  await keys.type('Bão MẪU');
  await keys.tabTo(page.getByLabel('Căn cứ'));
  await keys.type('Công điện 1/MẪU');
  await atWidths(page, WIDTHS, shots, '3-days');
  await wide(page);
  await keys.press('Enter');
  await page.getByText('hồ sơ đang tính hạn').waitFor();
  await atWidths(page, WIDTHS, shots, '4-what-would-move');
  await wide(page);
  await keys.tabTo(page.getByRole('button', { name: 'Quay lại' }));
  await keys.press('Enter');
  await page.getByLabel('Lý do').waitFor();
  if ((await page.getByLabel('Lý do').inputValue()) !== 'Bão MẪU') throw new Error('what was typed is gone');
  await keys.finish();
  await page.goto('/mot-cua/lich/gio');
  await page.getByLabel('Thứ Bảy').fill('07:30-11:30');
  await atWidths(page, WIDTHS, shots, '5-week');
}

/// A fee taken by mistake: asked back, approved, paid out, in the day's money.
async function givesBack(browser, base, accounts, page, code, shots) {
  await page.getByText('Hoàn phí', { exact: true }).click();
  await page.getByLabel('Số tiền hoàn').fill('9.999.999.999');
  await page.getByLabel('Lý do hoàn').fill('Thu hai lần');
  await page.getByRole('button', { name: 'Đề nghị hoàn' }).click();
  await page.getByText('Ghi số tiền không lớn hơn').first().waitFor();
  await atWidths(page, WIDTHS, shots, '6-too-much');
  await wide(page);
  await page.getByLabel('Số tiền hoàn').fill('50.000');
  await press(page, 'Đề nghị hoàn');
  const head = await at(browser, base, by(accounts, 'an.sct'), code);
  await atWidths(head, WIDTHS, shots, '7-to-approve');
  await press(head, 'Duyệt hoàn phí');
  await head.context().close();
  await page.reload();
  await press(page, 'Đã trả lại tiền');
  const slip = page.getByRole('link', { name: /^\d{7}$/ });
  const [download] = await Promise.all([page.waitForEvent('download'), slip.click()]);
  const pdf = await readFile(await download.path());
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('the slip is not a PDF');
  await download.saveAs(`${shots}/phieu-hoan.pdf`);
  await page.goto('/mot-cua/thu-phi');
  await page.getByText('Thực thu').first().waitFor();
  await atWidths(page, WIDTHS, shots, '8-money');
}

/// A question to another agency, asked without a mouse.
async function asks(browser, base, accounts, code, shots) {
  const page = await at(browser, base, by(accounts, 'tuan.sct'), code);
  const keys = await keyboardOnly(page);
  await keys.tabTo(page.getByRole('link', { name: 'Lấy ý kiến cơ quan khác' }), 120);
  await keys.press('Enter');
  await page.getByRole('heading', { name: 'Lấy ý kiến cơ quan khác' }).waitFor();
  await keys.tabTo(page.getByLabel('Cơ quan', { exact: true }));
  await keys.type('Sở Tư pháp');
  await keys.tabTo(page.getByLabel('Nội dung hỏi'));
  await keys.type('Hộ kinh doanh có đang bị xử lý vi phạm không?');
  await keys.tabTo(page.getByLabel('Chờ đến hết ngày'));
  await keys.type('31/12/2020');
  await atWidths(page, WIDTHS, shots, '9-question');
  await wide(page);
  await keys.press('Enter');
  await page.getByText('Đã gửi. Trả lời sẽ hiện').waitFor();
  await keys.finish();
  await atWidths(page, WIDTHS, shots, '10-asked');
  await page.context().close();
}

export async function run({ browser, base, accounts, shots }) {
  const clerk = await person(browser, base, accounts, 'mai.sct');
  const code = await receives(clerk, 'Hộ kinh doanh Mẫu Sáu');
  const dossier = clerk.url();
  await keeps(await person(browser, base, accounts, 'mai.sct'), shots);
  const head = await person(browser, base, accounts, 'an.sct');
  await looksAhead(head, shots);
  await clerk.goto(dossier);
  await givesBack(browser, base, accounts, clerk, code, shots);
  await clerk.goto(dossier);
  await press(clerk, /^Chuyển/);
  await asks(browser, base, accounts, code, shots);
  for (const [page, path, title] of [
    [clerk, `/mot-cua/tiep-nhan/nhieu?thu_tuc=${PROCEDURE}`, '11-many'],
    [head, '/mot-cua/phoi-hop', '12-coordination'],
    [head, '/mot-cua/phan-viec', '13-workload'],
    [head, '/mot-cua/doi-quy-trinh', '14-processes'],
    [head, '/mot-cua/phan-anh', '15-feedback'],
  ]) {
    await page.goto(path);
    await atWidths(page, WIDTHS, shots, title);
  }
  // The same worklist for whoever has no JavaScript.
  const bare = await person(browser, base, accounts, 'mai.sct', noJs);
  await bare.goto('/mot-cua');
  await bare.getByRole('link', { name: 'Hạn trong năm nay' }).click();
  await bare.waitForURL(/han_den=/);
}
