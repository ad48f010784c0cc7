// A specialist scores two criteria with evidence, her colleagues the rest by keyboard, and the head sends the card.

import assert from 'node:assert/strict';
import path from 'node:path';
import { atWidths, keyboardOnly, newPage, picture, signIn } from '../lib/page.mjs';
import { drawerOf, giveEvidence, openCard, openCriterion, rowOf } from '../lib/story.mjs';

export const name = 'self-assessment of a department';
export const seconds = 300;

const ROUND = 'Chỉ số cải cách hành chính năm 2020';
const UNIT = 'Sở Công Thương';
const by = (accounts, login) => accounts.find((one) => one.login === login);

export async function run({ browser, base, accounts, shots }) {
  await specialist(browser, base, by(accounts, 'dung.sct'), shots);
  await refusals(browser, base, by(accounts, 'lan.sct'), shots);
  await keyboard(browser, base, by(accounts, 'an.sct'), shots);
  await head(browser, base, by(accounts, 'an.sct'), shots);
}

/// Two criteria of her own, one in its cell and one in the drawer, each with a document.
async function specialist(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await picture(page, path.join(shots, '1-home.png'));
  await openCard(page, ROUND, UNIT);
  await atWidths(page, [360, 1366], shots, '2-grid');
  await page.setViewportSize({ width: 1366, height: 768 });

  await openCriterion(page, '1.4');
  await page.getByRole('checkbox').nth(0).check();
  await page.getByRole('button', { name: 'Lưu trả lời' }).click();
  await page.getByText('Đã lưu.').first().waitFor();
  await openCriterion(page, '1.4');
  await giveEvidence(page, { number: '201/BC-SCT', issuer: UNIT, summary: 'Báo cáo tuyên truyền CCHC năm 2020 (mẫu)', place: 'mục II, trang 3', name: 'bao-cao.pdf' });
  await picture(page, path.join(shots, '3-evidence.png'));

  await openCriterion(page, '3.2.2');
  await giveEvidence(page, { number: '202/TB-SCT', issuer: UNIT, summary: 'Thông báo công khai thủ tục hành chính (mẫu)', place: 'trang 1', name: 'thong-bao.pdf' });
  await picture(page, path.join(shots, '4-second-criterion.png'));
}

/// Part over whole, a dot for decimals: refused in the cell, in words, and the typed value stays.
async function refusals(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openCard(page, ROUND, UNIT);
  const row = rowOf(page, '3.3.1');
  const [part, whole] = [row.getByRole('textbox').nth(0), row.getByRole('textbox').nth(1)];
  await part.fill('12.5');
  await whole.fill('10');
  await whole.press('Enter');
  await row.getByText(/dấu phẩy/).waitFor();
  assert.equal(await part.inputValue(), '12.5', 'what was typed is kept');
  await part.fill('12');
  await part.press('Enter');
  await row.getByText(/lớn hơn|không được|vượt/i).first().waitFor();
  await picture(page, path.join(shots, '5-refused-in-the-cell.png'));
  await part.fill('118');
  await whole.fill('118');
  await whole.press('Enter');
  await row.getByText(/Đã xong|Thiếu TLKC/).waitFor();
  assert.match(await row.innerText(), /\b2\b/, 'the points were computed on the server');
}

/// What is left, by the head, without a mouse.
async function keyboard(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  const keys = await keyboardOnly(page);
  await signIn(page, account);
  await openCard(page, ROUND, UNIT);
  await page.evaluate(() => sessionStorage.removeItem('e2e-pointer'));

  // Short answers in their cells, each saved when it is left.
  await fillCell(page, keys, '1.1.2', ['37', '37']);
  await fillCell(page, keys, '3.1', ['1']);
  await fillCell(page, keys, '5.4', ['45', '50']);
  await chooseCell(page, keys, '5.2.1', 'c');
  await chooseCell(page, keys, '5.2.2', 'c');

  // Longer ones on the drawer, with a written explanation where there is no document.
  await inDrawer(page, keys, '1.1.1', async () => {
    await keys.tabTo(page.getByLabel('Ngày tính thời hạn'));
    await keys.type('20/01/2020');
    await keys.tabTo(page.getByLabel('Ngày hoàn thành'));
    await keys.type('5/2/2020');
  });
  await inDrawer(page, keys, '5.3', async () => {
    await keys.tabTo(page.getByLabel(/^Khiển trách/));
    await keys.type('0');
  });
  await inDrawer(page, keys, '6.1.2', async () => {
    await keys.tabTo(page.getByLabel('Số liệu năm nay'));
    await keys.type('3,2');
    await keys.tabTo(page.getByLabel('Số liệu năm trước'));
    await keys.type('2,8');
  });
  await inDrawer(page, keys, '6.2.1', async () => {
    await keys.tabTo(page.getByRole('checkbox').first());
    await keys.press('Space');
  });
  for (const code of ['1.1.1', '1.1.2', '3.1', '3.3.1', '5.2.1', '5.2.2', '5.3', '5.4', '6.1.2', '6.2.1']) await explain(page, keys, code);
  await picture(page, path.join(shots, '6-all-answered.png'));
  const strokes = await keys.finish();
  assert.ok(strokes > 100);
}

async function fillCell(page, keys, code, values) {
  const boxes = rowOf(page, code).getByRole('textbox');
  await boxes.first().focus();
  for (const [at, value] of values.entries()) {
    if (at > 0) await keys.press('Tab');
    await page.keyboard.press('Control+A');
    await keys.type(value);
  }
  await keys.press('Enter');
  await rowOf(page, code).getByText(/Đã xong|Thiếu TLKC/).waitFor();
}

async function chooseCell(page, keys, code, letter) {
  await rowOf(page, code).getByRole('combobox').focus();
  await keys.press(letter.toUpperCase());
  await rowOf(page, code).getByText(/Đã xong|Thiếu TLKC/).waitFor();
}

async function inDrawer(page, keys, code, deeds) {
  await openByKey(page, keys, code);
  await deeds();
  await keys.tabTo(page.getByRole('button', { name: 'Lưu trả lời' }));
  await keys.press('Enter');
  await page.getByText('Đã lưu.').first().waitFor();
}

async function openByKey(page, keys, code) {
  if (await drawerOf(page, code).count()) return;
  await rowOf(page, code).getByRole('rowheader').getByRole('link').focus();
  await keys.press('Enter');
  await drawerOf(page, code).waitFor();
}

async function explain(page, keys, code) {
  await openByKey(page, keys, code);
  await keys.tabTo(page.getByLabel('Giải trình cách tính'));
  await keys.type('Theo sổ theo dõi của Văn phòng Sở.');
  await keys.tabTo(page.getByRole('button', { name: 'Lưu giải trình' }));
  await keys.press('Enter');
  await page.getByText('Đã lưu giải trình.').waitFor();
}

/// Nothing is forgotten; the head sends, and the card is locked.
async function head(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openCard(page, ROUND, UNIT);
  await page.getByRole('link', { name: 'Kiểm tra và gửi' }).click();
  await atWidths(page, [360, 1366], shots, '7-before-sending');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: 'Gửi phiếu tự chấm' }).click();
  await page.getByText('Đã gửi phiếu tự chấm.').waitFor();
  await page.getByText('Phiếu đã gửi', { exact: true }).waitFor();
  await picture(page, path.join(shots, '8-sent.png'));
}
