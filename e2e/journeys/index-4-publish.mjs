// A round from its first day to its last: a set brought in from a file, two departments scored, appraised, concluded;
// the ranking is published and its decision kept as a file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { atWidths, newPage, picture, signIn } from '../lib/page.mjs';
import { openCard, rowOf } from '../lib/story.mjs';

export const name = 'a round from its set to its publication';
export const seconds = 300;

const ROUND = 'Đợt thử năm 2020';
const UNITS = [{ unit: 'Sở Công Thương', head: 'an.sct', done: '9', of: '10' }, { unit: 'Sở Tư pháp', head: 'viet.stp', done: '5', of: '10' }];
const by = (accounts, login) => accounts.find((one) => one.login === login);

export async function run({ browser, base, accounts, shots }) {
  const admin = await newPage(browser, { base });
  await signIn(admin, by(accounts, 'quantri'));
  await bringSet(admin, shots);
  await makeRound(admin, shots);
  for (const one of UNITS) await score(browser, base, by(accounts, one.head), one);
  await days(admin, ['23/11/2020', '30/11/2020', '30/11/2020', '30/11/2020']);
  for (const { unit } of UNITS) await appraise(browser, base, by(accounts, 'oanh.snv'), unit);
  await days(admin, ['23/11/2020', '23/11/2020', '23/11/2020', '30/11/2020']);
  await publish(browser, base, by(accounts, 'hoidong'), shots);
  await seen(browser, base, by(accounts, 'chi.sct'), shots);
}

async function bringSet(page, shots) {
  await page.goto('/chi-so/bo-tieu-chi');
  await atWidths(page, [360, 1366], shots, '1-sets');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('link', { name: 'Nạp từ tệp' }).click();
  const buffer = await readFile(path.join(import.meta.dirname, '../data/small-set.toml'));
  await page.getByLabel('Tệp bộ tiêu chí').setInputFiles({ name: 'thu.toml', mimeType: 'text/plain', buffer });
  await page.getByRole('button', { name: 'Kiểm tra và xem trước' }).click();
  await picture(page, path.join(shots, '2-set-preview.png'));
  await page.getByRole('button', { name: 'Lưu thành bản nháp' }).click();
  await page.getByRole('link', { name: 'Ban hành' }).click();
  await page.getByRole('button', { name: 'Ban hành' }).click();
  await page.getByText('Đã ban hành').first().waitFor();
}

async function makeRound(page, shots) {
  await page.goto('/chi-so/dot/moi?nam=2020');
  await page.getByLabel('Tên đợt chấm').fill(ROUND);
  await fillDays(page, ['10/12/2020', '31/12/2020', '08/01/2021', '16/01/2021'], '17/11/2020');
  const so = page.getByRole('region', { name: 'Sở, ban, ngành' }).or(page.locator('section').filter({ hasText: 'Sở, ban, ngành' })).first();
  await so.getByLabel('Bộ tiêu chí').selectOption({ label: 'MẪU – Bộ tiêu chí thử (bản số 1)' });
  for (const other of await page.getByLabel('Bộ tiêu chí').all()) {
    const mine = await other.evaluate((element) => element.selectedOptions[0].text.startsWith('MẪU – Bộ tiêu chí thử'));
    if (!mine) await other.selectOption('khong');
  }
  await so.getByText(/đơn vị có mặt trong năm/).click();
  for (const box of await so.getByRole('checkbox').all()) {
    const label = await box.evaluate((element) => element.labels[0].innerText.trim());
    await box.setChecked(UNITS.some(({ unit }) => unit === label));
  }
  await picture(page, path.join(shots, '3-new-round.png'), { fullPage: true });
  await page.getByRole('button', { name: 'Tạo đợt chấm' }).click();
  await page.getByRole('heading', { level: 1, name: ROUND }).waitFor();
  await page.getByRole('link', { name: 'Người thẩm định' }).click();
  await page.getByRole('combobox', { name: 'Cơ quan thẩm định' }).selectOption({ label: 'Sở Nội vụ' });
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Giao lĩnh vực' }).click();
  await page.getByText('Sở Nội vụ').first().waitFor();
  await open(page);
  await page.getByRole('button', { name: 'Mở đợt chấm' }).click();
  await page.getByRole('main').getByText('Tự chấm').first().waitFor();
}

async function open(page) {
  await page.goto('/chi-so');
  await page.getByRole('link', { name: ROUND }).first().click();
}

async function fillDays(page, [scoring, appraisal, explaining, second], from) {
  if (from) await page.getByLabel('Tự chấm từ ngày').fill(from);
  await page.getByLabel('Tự chấm đến hết ngày').fill(scoring);
  await page.getByLabel('Thẩm định lần 1 đến hết ngày').fill(appraisal);
  await page.getByLabel('Giải trình đến hết ngày').fill(explaining);
  await page.getByLabel('Thẩm định lần 2 đến hết ngày').fill(second);
}

async function days(page, last) {
  await open(page);
  await page.getByRole('link', { name: 'Sửa ngày' }).click();
  await fillDays(page, last);
  await page.getByRole('button', { name: 'Lưu' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/ngay'));
}

async function score(browser, base, account, { unit, done, of }) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openCard(page, ROUND, unit);
  await rowOf(page, '1.1').getByRole('combobox').selectOption({ label: 'Có' });
  await rowOf(page, '1.1').getByText('Đã xong').waitFor();
  await rowOf(page, '1.2').getByRole('textbox').nth(0).fill(done);
  await rowOf(page, '1.2').getByRole('textbox').nth(1).fill(of);
  await rowOf(page, '1.2').getByRole('textbox').nth(1).press('Enter');
  await rowOf(page, '1.2').getByText('Đã xong').waitFor();
  await page.getByRole('link', { name: 'Kiểm tra và gửi' }).click();
  await page.getByRole('button', { name: 'Gửi phiếu tự chấm' }).click();
  await page.getByText('Đã gửi phiếu tự chấm.').waitFor();
  await page.context().close();
}

async function appraise(browser, base, account, unit) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await open(page);
  await page.getByRole('link', { name: `Thẩm định ${unit}`, exact: true }).click();
  for (const code of ['1.1', '1.2']) {
    await page.getByRole('button', { name: `Đồng ý ${code}`, exact: true }).click();
    await rowOf(page, code).getByText('Đồng ý', { exact: true }).first().waitFor();
  }
  await page.context().close();
}

async function publish(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  for (const { unit } of UNITS) {
    await open(page);
    await page.getByRole('link', { name: new RegExp(`^(Kết luận|Thẩm định) ${unit}$`) }).click();
    await page.getByRole('button', { name: 'Kết luận đơn vị' }).click();
    await page.getByText('Đã kết luận đơn vị.').waitFor();
  }
  await page.getByRole('link', { name: 'Công bố kết quả' }).click();
  await page.getByLabel('Số quyết định công bố').fill('MẪU-02/QĐ-UBND');
  await page.getByLabel('Ngày quyết định').fill('24/11/2020');
  await picture(page, path.join(shots, '4-before-publication.png'));
  await page.getByRole('button', { name: 'Công bố kết quả' }).click();
  await page.getByRole('main').getByText('Đã công bố').first().waitFor();
}

/// A department sees the ranking: 4 + 6 × 9/10 = 9,4 of 10 before 4 + 6 × 5/10 = 7 of 10.
async function seen(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await open(page);
  await page.getByRole('link', { name: 'Kết quả', exact: true }).first().click();
  const ranks = page.getByRole('table').first();
  if (!(await ranks.getByRole('row', { name: /Sở Tư pháp/ }).count())) await page.getByRole('link', { name: 'Xếp hạng' }).first().click();
  await ranks.getByRole('row', { name: /Sở Công Thương.*94,00/ }).waitFor();
  await ranks.getByRole('row', { name: /Sở Tư pháp.*70,00/ }).waitFor();
  await atWidths(page, [360, 1366], shots, '5-ranking');
  await page.setViewportSize({ width: 1366, height: 768 });
  const arrives = page.waitForEvent('download');
  await page.getByRole('link', { name: /Quyết định công bố/ }).click();
  const file = await (await arrives).path();
  const head = (await readFile(file)).subarray(0, 5).toString();
  assert.equal(head, '%PDF-', 'the decision is a PDF');
  await readFile(file).then((bytes) => import('node:fs/promises').then(({ writeFile }) => writeFile(path.join(shots, 'decision.pdf'), bytes)));
}
