// Somebody says what went wrong, by telephone and with a picture; a clerk gives it to a specialist, who answers; the head lets
// everybody read the answer; the number in the statistics opens its list.

import assert from 'node:assert/strict';
import path from 'node:path';
import { by, file, press } from '../lib/counter.mjs';
import { atWidths, keyboardOnly, newPage, noJs, signIn } from '../lib/page.mjs';

export const name = 'a feedback said, given, answered and made public';
export const seconds = 240;
const WIDTHS = [360, 1366];

export async function run({ browser, base, accounts, shots }) {
  const citizen = await newPage(browser, { base, width: 360, height: 740 });
  await citizen.goto('/phan-anh');
  await atWidths(citizen, WIDTHS, shots, '1-form');
  const { code, secret } = await says(citizen);
  await atWidths(citizen, WIDTHS, shots, '2-received');
  await says(await noJs(browser, { base, width: 360, height: 740 }));

  let page = await office(browser, base, by(accounts, 'mai.sct'), code, shots);
  await atWidths(page, WIDTHS, shots, '4-one');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByText('Phân công', { exact: true }).first().click();
  await page.getByLabel('Giao cho').selectOption({ label: await whom(page) });
  await press(page, 'Giao');
  await page.getByText('Đã phân công.').waitFor();
  await page.getByLabel('Nội dung trả lời').fill('Xin lỗi bà. Từ ngày mai có thêm một quầy buổi sáng.');
  await page.getByLabel('Tệp kèm trả lời').setInputFiles(file('thong-bao.pdf'));
  await press(page, 'Gửi trả lời');
  await page.getByText('Soạn nội dung công khai').click();
  await page.getByLabel('Câu hỏi').fill('Vì sao buổi sáng phải chờ ba giờ?');
  await page.getByLabel('Câu trả lời công khai').fill('Từ ngày mai có thêm một quầy buổi sáng.');
  await press(page, 'Đề nghị công khai');
  await page.context().close();

  page = await office(browser, base, head(accounts), code);
  await atWidths(page, WIDTHS, shots, '5-to-approve');
  await press(page, 'Duyệt công khai');
  await page.goto('/mot-cua/phan-anh/thong-ke');
  await atWidths(page, WIDTHS, shots, '6-statistics');
  await page.getByRole('row', { name: /Tổng số/ }).getByRole('link').first().click();
  await page.getByText(code).waitFor();
  await atWidths(page, WIDTHS, shots, '7-behind-a-number');
  await page.context().close();

  await reads(citizen, code, secret, shots);
  await keyboard(browser, base);
}

const head = (accounts) => by(accounts, 'an.sct');

/// Somebody of the office with the feedback of this code open.
async function office(browser, base, account, code, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await page.goto(`/mot-cua/phan-anh?tim=${code}`);
  if (shots) await atWidths(page, WIDTHS, shots, '3-list');
  else await page.goto(`/mot-cua/phan-anh?hop=asked&tim=${code}`);
  await page.getByRole('link', { name: code }).click();
  await page.getByRole('heading', { name: code }).waitFor();
  return page;
}

/// The first person, not an office, that it may be given to.
async function whom(page) {
  const all = await page.getByLabel('Giao cho').locator('option').allTextContents();
  const one = all.find((text) => text.includes('đang có'));
  assert.ok(one, `nobody in ${all}`);
  return one;
}

async function says(page) {
  await page.goto('/phan-anh');
  await page.getByRole('radio').first().check();
  await page.getByLabel('Cơ quan').selectOption({ label: 'Sở Công Thương' });
  await page.getByLabel('Nội dung').fill('Buổi sáng chờ ba giờ không ai gọi tên (MẪU).');
  await page.getByLabel('Ảnh, tài liệu kèm theo').setInputFiles(file('anh-quay.pdf'));
  await page.getByLabel('Họ và tên').fill('Trần Thị Mẫu');
  // The form takes nobody for a person who is as quick as a script.
  await page.waitForTimeout(3500);
  await press(page, 'Gửi');
  const [code, secret] = await page.getByRole('definition').allTextContents();
  assert.match(code.trim(), /^PA-\d{8}-\d{4}$/);
  return { code: code.trim(), secret: secret.trim() };
}

async function reads(page, code, secret, shots) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/phan-anh/tra-cuu?ma=${code}`);
  await page.getByLabel('Mã tra cứu').fill(secret);
  await press(page, 'Xem trả lời');
  await page.getByText('thong-bao.pdf').first().waitFor();
  await atWidths(page, WIDTHS, shots, '8-answered');
  await page.goto('/phan-anh/cong-khai?tim=them+mot+quay');
  await atWidths(page, WIDTHS, shots, '9-for-everybody');
  await page.getByRole('link', { name: /Vì sao buổi sáng/ }).click();
  await page.getByText('Từ ngày mai có thêm một quầy').waitFor();
  assert.ok(!(await page.content()).includes('Trần Thị Mẫu'));
  await atWidths(page, WIDTHS, shots, '10-one-for-everybody');
}

/// What everybody may read is found by keyboard alone.
async function keyboard(browser, base) {
  const page = await newPage(browser, { base });
  const hands = await keyboardOnly(page);
  await page.goto('/phan-anh/cong-khai');
  await hands.tabTo(page.getByLabel('Tìm trong câu hỏi và trả lời'));
  await hands.type('them mot quay');
  await hands.press('Enter');
  const found = page.getByRole('link', { name: /Vì sao buổi sáng/ });
  await found.waitFor();
  await hands.tabTo(found);
  await hands.press('Enter');
  await page.getByRole('heading', { name: 'Câu hỏi' }).waitFor();
  await hands.finish();
}
