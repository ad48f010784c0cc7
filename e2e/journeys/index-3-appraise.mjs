// The province appraises a card: one criterion is lowered with a reason, the unit explains, the council concludes.
// Follows the journey in which Sở Công Thương sends its card.

import path from 'node:path';
import { atWidths, newPage, picture, signIn } from '../lib/page.mjs';
import { openCard, openCriterion, rowOf } from '../lib/story.mjs';

export const name = 'appraisal of a department';
export const seconds = 420;

const ROUND = 'Chỉ số cải cách hành chính năm 2020';
const UNIT = 'Sở Công Thương';
const by = (accounts, login) => accounts.find((one) => one.login === login);

export async function run({ browser, base, accounts, shots }) {
  await days(browser, base, by(accounts, 'quantri'), ['23/11/2020', '30/11/2020', '08/12/2020', '15/12/2020']);
  await lowers(browser, base, by(accounts, 'oanh.snv'), shots);
  for (const login of ['quynh.stp', 'son.vpub', 'tam.stc', 'uyen.stttt']) await agrees(browser, base, by(accounts, login));
  await days(browser, base, by(accounts, 'quantri'), ['23/11/2020', '23/11/2020', '08/12/2020', '15/12/2020']);
  await explains(browser, base, by(accounts, 'an.sct'), shots);
  await days(browser, base, by(accounts, 'quantri'), ['23/11/2020', '23/11/2020', '23/11/2020', '15/12/2020']);
  await concludes(browser, base, by(accounts, 'hoidong'), shots);
}

/// The administrator moves the days, so that the next phase is today.
async function days(browser, base, account, [scoring, appraisal, explaining, second]) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await page.goto('/chi-so');
  await page.getByRole('link', { name: ROUND }).first().click();
  await page.getByRole('link', { name: 'Sửa ngày' }).click();
  await page.getByLabel('Tự chấm đến hết ngày').fill(scoring);
  await page.getByLabel('Thẩm định lần 1 đến hết ngày').fill(appraisal);
  await page.getByLabel('Giải trình đến hết ngày').fill(explaining);
  await page.getByLabel('Thẩm định lần 2 đến hết ngày').fill(second);
  await page.getByRole('button', { name: 'Lưu' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/ngay'));
  await page.context().close();
}

async function openAppraisal(page) {
  await page.goto('/chi-so');
  await page.getByRole('link', { name: ROUND }).first().click();
  const search = page.getByLabel('Tìm đơn vị');
  if (await search.count()) {
    await search.fill(UNIT);
    await page.getByRole('button', { name: 'Lọc' }).click();
  }
  await page.getByRole('link', { name: /^(Thẩm định|Kết luận) Sở Công Thương$/ }).first().click();
  await page.getByRole('table').first().waitFor();
}

async function lowers(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openAppraisal(page);
  await atWidths(page, [360, 1366], shots, '1-appraisal');
  await page.setViewportSize({ width: 1366, height: 768 });
  const points = page.getByRole('textbox', { name: 'Điểm thẩm định 1.4' });
  await points.fill('0,25');
  await points.press('Enter');
  await rowOf(page, '1.4').getByText('Hãy ghi lý do').waitFor();
  await page.getByRole('textbox', { name: 'Lý do điều chỉnh 1.4' }).fill('Tài liệu chỉ chứng minh một hình thức tuyên truyền');
  await points.fill('0,5');
  await points.press('Enter');
  await rowOf(page, '1.4').getByText('Đã điều chỉnh').waitFor();
  await picture(page, path.join(shots, '2-lowered.png'));
  await openCriterion(page, '1.4');
  await page.getByText('201/BC-SCT').first().waitFor();
  await picture(page, path.join(shots, '3-evidence-beside.png'));
  await page.getByRole('link', { name: 'Đóng' }).click();
  await agreeAll(page);
}

async function agrees(browser, base, account) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openAppraisal(page);
  await agreeAll(page);
  await page.context().close();
}

/// Agrees with what was scored; where there is nothing to agree with, gives points.
async function agreeAll(page) {
  const buttons = page.getByRole('button', { name: /^Đồng ý / });
  for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
    await buttons.first().click();
    await page.waitForFunction((before) => document.querySelectorAll('button[data-agree]').length < before, left);
  }
  for (const row of await page.getByRole('row').filter({ hasText: /Chưa xem/ }).all()) {
    const code = (await row.getByRole('cell').first().innerText()).trim();
    const points = page.getByRole('textbox', { name: `Điểm thẩm định ${code}` });
    if (!(await points.count())) continue;
    await page.getByRole('textbox', { name: `Lý do điều chỉnh ${code}` }).fill('Theo hồ sơ của cơ quan theo dõi');
    await points.fill('0');
    await points.press('Enter');
    await rowOf(page, code).getByText(/Đã điều chỉnh|Đồng ý/).first().waitFor();
  }
}

async function explains(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openCard(page, ROUND, UNIT);
  await openCriterion(page, '1.4');
  await page.getByText('Tài liệu chỉ chứng minh một hình thức tuyên truyền').waitFor();
  await page.getByLabel('Giải trình thêm').fill('Phụ lục 2 của báo cáo nêu thêm chuyên mục trên trang thông tin điện tử.');
  await page.getByRole('button', { name: 'Gửi', exact: true }).click();
  await page.getByText('Đã gửi.').waitFor();
  await picture(page, path.join(shots, '4-explained.png'));
  await page.getByRole('button', { name: 'Đã giải trình xong' }).click();
  await page.getByText('Đã gửi giải trình.').waitFor();
}

async function concludes(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await openAppraisal(page);
  await page.getByRole('button', { name: 'Kết luận đơn vị' }).click();
  await page.getByText('Đã kết luận đơn vị.').waitFor();
  await picture(page, path.join(shots, '5-concluded.png'));
}
