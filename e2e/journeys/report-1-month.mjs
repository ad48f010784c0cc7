// A month's report: an office enters it by keyboard and by pasting from a workbook; its head gives one cell back with a reason; it is
// corrected, approved, taken in, added up; the director approves the department's total, which is a signed PDF,
// and told to the reporting system outside, which acknowledges it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { by, press } from '../lib/counter.mjs';
import { PROGRAM, ROOTS, startDemo } from '../lib/demo.mjs';
import { atWidths, keyboardOnly, newPage, noJs, signIn } from '../lib/page.mjs';

export const name = 'a monthly report entered, returned cell by cell, added up and approved';
export const seconds = 240;
const WIDTHS = [360, 1366];
const TRADE = 'Phòng Quản lý Thương mại';

/// In a demo of its own, whose papers are signed.
export async function run({ browser, shots }) {
  const demo = await startDemo(path.join(shots, 'server.log'), [], true);
  try {
    await walked({ browser, shots, ...demo });
  } finally {
    await demo.stop();
  }
}

async function walked({ browser, base, accounts, shots }) {
  const person = async (login, options = {}) => {
    const page = await newPage(browser, { base, permissions: ['clipboard-read', 'clipboard-write'], ...options });
    await signIn(page, by(accounts, login));
    return page;
  };
  const lan = await person('lan.sct');
  const address = await openOwn(lan);
  await atWidths(lan, WIDTHS, shots, '1-entry');
  await lan.setViewportSize({ width: 1366, height: 768 });
  await enters(lan);
  await pastes(lan);
  await atWidths(lan, WIDTHS, shots, '2-entered');
  await lan.setViewportSize({ width: 1366, height: 768 });
  await press(lan, 'Trình lãnh đạo duyệt');
  await lan.getByText('Đã trình lãnh đạo duyệt.').waitFor();

  // On a telephone, without scripts: the head marks one cell and gives the report back.
  const tuan = await noJs(browser, { base, width: 360, height: 740 });
  await signIn(tuan, by(accounts, 'tuan.sct'));
  await tuan.goto(address);
  await tuan.getByRole('link', { name: 'Kim ngạch xuất khẩu' }).click();
  const drawer = tuan.locator('#ngan section').nth(1);
  await drawer.getByLabel('Loại').selectOption('returned');
  await drawer.getByLabel('Lý do, điều cần sửa').fill('Chưa cộng lô hàng ngày 12/11');
  await drawer.getByRole('button', { name: 'Ghi' }).click();
  await tuan.getByRole('button', { name: 'Trả lại (1 chỗ)' }).click();
  await tuan.getByText('Đã trả lại báo cáo.').waitFor();
  await tuan.screenshot({ path: path.join(shots, '3-returned-360.png'), fullPage: true });

  await lan.goto(address);
  await lan.getByText('trả lại: Chưa cộng lô hàng ngày 12/11').waitFor();
  await atWidths(lan, WIDTHS, shots, '4-returned-cell');
  await lan.setViewportSize({ width: 1366, height: 768 });
  await change(lan, 'Thực hiện: 7 Kim ngạch xuất khẩu', '32,75');
  await press(lan, 'Trình lãnh đạo duyệt');
  await tuan.goto(address);
  await tuan.getByRole('button', { name: 'Duyệt và gửi' }).click();
  await tuan.getByText('Đã duyệt báo cáo.').waitFor();
  await sum(await person('chi.sct'), await person('an.sct', { width: 360 }), address, shots);
}

/// The report of the month that waits for this person's office.
async function openOwn(page) {
  await page.goto('/bao-cao');
  const link = page.locator('a[href^="/bao-cao/"]', { hasText: 'Báo cáo tình hình công nghiệp' }).first();
  const address = await link.getAttribute('href');
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: TRADE }).waitFor();
  return address;
}

const cell = (page, label) => page.getByLabel(label, { exact: false }).first();

/// By keyboard alone: a figure that cannot be is refused under its cell and stays there; the right one is saved.
async function enters(page) {
  const keys = await keyboardOnly(page);
  const done = cell(page, 'Thực hiện: 5 Tổng mức bán lẻ');
  await keys.tabTo(done, 120);
  await keys.type('2,640.5');
  await keys.press('Enter');
  await page.locator('.c.invalid .say', { hasText: 'Dùng dấu phẩy' }).waitFor();
  assert.equal(await done.inputValue(), '2,640.5');
  await keys.press('ArrowUp');
  await page.keyboard.press('Control+a');
  await keys.type('2.640,5');
  await keys.press('Enter');
  await page.locator('[data-saved]', { hasText: /^Đã lưu lúc/ }).waitFor();
  await page.locator('tr#r-5 .c.saved').nth(1).waitFor();
  await keys.finish();
}

/// Copied from a spreadsheet: two rows of plan and done, then the parts of the retail trade.
async function pastes(page) {
  const first = cell(page, 'Kế hoạch: 7 Kim ngạch xuất khẩu');
  await first.focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), '31,00\t31,25\n33,00\t36,90');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+v')]);
  await page.getByText('Đã nhận 4 ô.').waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), '2.008,2\n301,4\n22,9\n308,0');
  await cell(page, 'Thực hiện: 5.1 Bán lẻ hàng hoá').focus();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+v')]);
  await page.getByText('Đã nhận 4 ô.').waitFor();
  await page.getByText('10/10').waitFor();
}

async function change(page, label, text) {
  const box = cell(page, label);
  await box.fill(text);
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), box.press('Enter')]);
}

/// The department's own: taken in, added up though one office is late, approved by the director on a telephone, printed.
async function sum(chi, an, address, shots) {
  await chi.goto(address);
  await press(chi, 'Nhận báo cáo');
  await chi.getByRole('link', { name: /^Kỳ tháng 11/ }).click();
  await chi.getByText('Thanh tra Sở').first().waitFor();
  await atWidths(chi, WIDTHS, shots, '5-board');
  await chi.setViewportSize({ width: 1366, height: 768 });
  await press(chi, /^Nhắc \d+ đơn vị chưa gửi$/);
  await chi.getByRole('link', { name: /^Báo cáo tổng hợp của/ }).click();
  const total = new URL(chi.url()).pathname;
  await chi.getByLabel(/^Ghép cả khi còn đơn vị chưa gửi/).check();
  await press(chi, 'Ghép báo cáo');
  await chi.getByText('Đã ghép báo cáo.').waitFor();
  await atWidths(chi, WIDTHS, shots, '6-total');
  await chi.setViewportSize({ width: 1366, height: 768 });
  await fillsGaps(chi, total);
  await chi.getByLabel(/Trình cả khi còn/).check();
  await press(chi, 'Trình lãnh đạo duyệt');
  await an.goto(total);
  await atWidths(an, [360], shots, '7-to-approve');
  await press(an, 'Duyệt báo cáo');
  await an.getByText('Đã duyệt báo cáo.').waitFor();
  await chi.goto(total);
  await chi.getByLabel('Số, ký hiệu văn bản').fill('1305/BC-SCT');
  await chi.getByLabel('Ngày văn bản').fill('24/11/2020');
  await press(chi, 'Lưu số văn bản');
  const pdf = await chi.request.get(`${total}/in`);
  const file = path.join(shots, 'report.pdf');
  await writeFile(file, await pdf.body());
  const { stdout } = await promisify(execFile)(PROGRAM, ['sign', file, '--check', '--roots', ROOTS]);
  assert.match(stdout, /Chữ ký số hợp lệ, văn bản còn nguyên vẹn/, stdout);
  await told(chi, total, shots);
}

/// Told to the reporting system outside, which takes figures and text.
async function told(page, total, shots) {
  await press(page, 'Gửi sang hệ thống báo cáo');
  await page.getByText('Đã chuyển 2 gói tin vào hàng chờ gửi.').waitFor();
  const taken = page.getByRole('cell', { name: 'Đã tiếp nhận' });
  for (let tries = 0; tries < 60 && (await taken.count()) < 2; tries += 1) {
    await page.waitForTimeout(500);
    await page.goto(total);
  }
  assert.equal(await taken.count(), 2);
  await atWidths(page, WIDTHS, shots, '8-told');
}

/// What the office that is late did not tell is left out of the text.
async function fillsGaps(page, total) {
  await page.goto(`${total}?phan=loi-van`);
  const box = page.getByLabel('III. QUẢN LÝ THỊ TRƯỜNG');
  await box.fill('Thanh tra Sở chưa báo cáo số liệu kiểm tra.');
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.locator('#m-quan-ly-thi-truong button', { hasText: 'Lưu mục này' }).click()]);
  await page.goto(total);
}
