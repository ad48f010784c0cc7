// The whole self-assessment with JavaScript off: answers, a refusal, evidence, an explanation, sending.

import assert from 'node:assert/strict';
import path from 'node:path';
import { noJs, picture, signIn } from '../lib/page.mjs';
import { giveEvidence, openCard, openCriterion, rowOf } from '../lib/story.mjs';

export const name = 'self-assessment without JavaScript';
export const seconds = 240;

const ROUND = 'Chỉ số cải cách hành chính năm 2020';
const UNIT = 'UBND thành phố Đông Hà';

export async function run({ browser, base, accounts, shots }) {
  const page = await noJs(browser, { base });
  await signIn(page, accounts.find((one) => one.login === 'anh.dongha'));
  await openCard(page, ROUND, UNIT);
  await picture(page, path.join(shots, '1-grid.png'));

  await page.getByRole('link', { name: 'Kiểm tra và gửi' }).click();
  let left = await page.getByRole('main').getByRole('listitem').filter({ hasText: /chưa trả lời|chưa có tài liệu|Số liệu/ }).count();
  await picture(page, path.join(shots, '2-forgotten.png'));

  // Each place on the list of what was forgotten leads to its criterion; a written explanation does where there is no document.
  for (let round = 0; left > 0 && round < 60; round += 1) {
    const first = page.getByRole('main').getByRole('listitem').filter({ hasText: /chưa trả lời|chưa có tài liệu|Số liệu/ }).first();
    const words = await first.innerText();
    await first.getByRole('link').click();
    if (/chưa trả lời/.test(words)) await answer(page);
    else await explain(page);
    await page.getByRole('link', { name: 'Kiểm tra và gửi' }).click();
    left = await page.getByRole('main').getByRole('listitem').filter({ hasText: /chưa trả lời|chưa có tài liệu|Số liệu/ }).count();
  }
  assert.equal(left, 0, 'nothing is forgotten any more');

  await page.goBack();
  await openCard(page, ROUND, UNIT);
  const code = '1.1.2';
  await openCriterion(page, code);
  await page.getByRole('complementary').getByRole('textbox').first().fill('99,9,9');
  await page.getByRole('button', { name: 'Lưu trả lời' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.match(await page.title(), /^Lỗi: /);
  await picture(page, path.join(shots, '3-refused.png'));

  await openCard(page, ROUND, UNIT);
  await openCriterion(page, code);
  await giveEvidence(page, { number: '77/BC-UBND', issuer: UNIT, summary: 'Báo cáo kết quả thực hiện kế hoạch (mẫu)', place: 'phụ lục, trang 9', name: 'bao-cao.pdf' });
  await rowOf(page, code).first().waitFor();

  await page.getByRole('link', { name: 'Kiểm tra và gửi' }).click();
  await page.getByRole('button', { name: 'Gửi phiếu tự chấm' }).click();
  await page.getByText('Đã gửi phiếu tự chấm.').waitFor();
  await picture(page, path.join(shots, '4-sent.png'));
}

/// Whatever the criterion asks for, in the drawer: the first choice, or small true numbers.
async function answer(page) {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Lưu trả lời' }) });
  if (await form.getByRole('radio').count()) await form.getByRole('radio').first().check();
  for (const box of await form.getByRole('textbox').all()) {
    const label = await box.evaluate((element) => element.labels?.[0]?.innerText ?? '');
    await box.fill(/^Ngày tính/.test(label) ? '20/01/2020' : /^Ngày hoàn thành/.test(label) ? '05/02/2020' : '1');
  }
  await form.getByRole('button', { name: 'Lưu trả lời' }).click();
  await page.getByText('Đã lưu.').first().waitFor();
}

async function explain(page) {
  await page.getByLabel('Giải trình cách tính').fill('Theo sổ theo dõi của Văn phòng Sở.');
  await page.getByRole('button', { name: 'Lưu giải trình' }).click();
  await page.getByText('Đã lưu giải trình.').waitFor();
}
