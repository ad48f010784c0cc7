// The numbers of an agency: the index of QĐ 766 with a component entered from elsewhere, what agencies do for each other;
// then the administrator looks at electronic forms and at the guidance of a paper.

import { atWidths, newPage, noJs, signIn, tabThrough, who } from '../lib/page.mjs';

export const name = 'an agency reads its numbers and enters what comes from elsewhere';

export async function run({ browser, base, accounts, shots }) {
  await head(browser, base, who(accounts, 'head', /Công Thương/), shots);
  await administrator(browser, base, who(accounts, 'admin'), shots);
}

async function head(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await page.goto('/mot-cua/danh-gia/766');
  await page.getByRole('heading', { name: /QĐ 766/ }).first().waitFor();
  await atWidths(page, [360, 1366], shots, '1-index');
  await page.goto('/mot-cua/thong-ke/phoi-hop');
  await atWidths(page, [360, 1366], shots, '3-helped');

  const plain = await noJs(browser, { base, width: 360 });
  await signIn(plain, account);
  await plain.goto('/mot-cua/danh-gia/766');
  await plain.getByRole('link', { name: /^1\.1 / }).click();
  await plain.getByLabel('Số đạt').fill('7');
  await plain.getByLabel('Trên tổng số').fill('8');
  await plain.getByLabel('Nguồn').fill('Công văn 12 MẪU, ngày 24/11/2026');
  await plain.getByRole('button', { name: 'Ghi số liệu' }).click();
  await plain.getByText('Công văn 12 MẪU').first().waitFor();
  const seen = await newPage(browser, { base });
  await signIn(seen, account);
  await seen.goto(plain.url());
  await atWidths(seen, [360, 1366], shots, '2-component');

  // What does not apply: said with its reason where scripts are off, seen on the index, and taken back.
  await plain.goto('/mot-cua/danh-gia/766');
  await plain.getByRole('link', { name: /^6\.2 / }).click();
  await seen.goto(plain.url());
  await atWidths(seen, [360, 1366], shots, '8-applies');
  await tabThrough(seen);
  const away = plain.locator('form[action^="/mot-cua/danh-gia/766/6.2/khong-ap-dung"]');
  await away.getByLabel('Lý do không áp dụng').fill('Công văn 15 MẪU: cơ quan không tiếp nhận phản ánh');
  await away.getByRole('button', { name: 'Ghi không áp dụng' }).click();
  await plain.getByText('Đã ghi không áp dụng.').first().waitFor();
  await seen.goto(plain.url());
  await atWidths(seen, [360, 1366], shots, '9-excused');
  await tabThrough(seen);
  await seen.getByRole('link', { name: 'Chỉ số 766' }).last().click();
  await seen.getByText('Công văn 15 MẪU').first().waitFor();
  await atWidths(seen, [360, 1366], shots, '10-index-excused');
  await plain.getByRole('button', { name: /Áp dụng lại thành phần này/ }).click();
  await plain.getByText('Thành phần này lại áp dụng.').first().waitFor();
}

async function administrator(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await page.goto('/thu-tuc/mau-don');
  await atWidths(page, [360, 1366], shots, '4-forms');
  await page.getByRole('link', { name: /xăng dầu/i }).first().click();
  await page.getByRole('heading', { name: 'Câu hỏi' }).waitFor();
  await atWidths(page, [360, 1366], shots, '5-form');
  await page.goto('/thu-tuc/mau-don/nap');
  await atWidths(page, [360, 1366], shots, '6-upload');
  await page.goto('/thu-tuc/2.000142');
  await page.getByRole('button', { name: 'Soạn bản mới' }).click();
  await page.getByRole('heading', { name: /Sửa bản nháp/ }).waitFor();
  await page.goto('/thu-tuc/2.000142?ban=2');
  await page.getByRole('link', { name: /Sửa hướng dẫn, tệp mẫu/ }).first().click();
  await page.getByLabel('Hướng dẫn người nộp').waitFor();
  await atWidths(page, [360, 1366], shots, '7-paper');
}
