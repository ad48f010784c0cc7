// A citizen finds out what registering a birth asks for: without signing in, without JavaScript, on a telephone, and by
// keyboard alone. Then the administrator looks at the same procedure with its process.

import assert from 'node:assert/strict';
import path from 'node:path';
import { atWidths, keyboardOnly, newPage, noJs, picture, signIn, who } from '../lib/page.mjs';

export const name = 'a citizen finds a procedure';

/// The first view of a page, fonts apart (they are kept by the browser), is at most so large.
const MOST_BYTES = 60 * 1024;

export async function run({ browser, base, accounts, shots }) {
  await citizen(browser, base, shots);
  await keyboard(browser, base);
  await administrator(browser, base, who(accounts, 'admin'), shots);
}

async function citizen(browser, base, shots) {
  const page = await noJs(browser, { base, width: 360 });
  const sizes = [];
  page.on('requestfinished', (request) => sizes.push(request.sizes().then((size) => (/woff2/.test(request.url()) ? 0 : size.responseBodySize))));
  await page.goto('/dich-vu-cong');
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  assert.ok(bytes > 0 && bytes <= MOST_BYTES, `the first view is ${bytes} bytes`);
  await page.getByLabel('Tìm thủ tục').fill('dang ky khai sinh');
  await page.getByRole('button', { name: 'Tìm' }).click();
  await picture(page, path.join(shots, '1-found.png'), { fullPage: true });
  await page.getByRole('link', { name: 'Đăng ký khai sinh', exact: true }).click();
  await page.getByRole('heading', { name: 'Cần chuẩn bị' }).waitFor();
  await page.getByText('Giấy chứng sinh').first().waitFor();
  const seen = await newPage(browser, { base });
  await seen.goto(page.url());
  await seen.getByText('Mã QR của trang này').click();
  await seen.getByRole('img', { name: /Mã QR/ }).waitFor();
  await atWidths(seen, [360, 1366], shots, '2-procedure');
}

async function keyboard(browser, base) {
  const page = await newPage(browser, { base });
  const hands = await keyboardOnly(page);
  await page.goto('/dich-vu-cong');
  await hands.tabTo(page.getByLabel('Tìm thủ tục'));
  await hands.type('xang dau');
  await hands.press('Enter');
  const first = page.getByRole('link', { name: /bán lẻ xăng dầu/ }).first();
  await first.waitFor();
  await hands.tabTo(first);
  await hands.press('Enter');
  await page.getByRole('heading', { name: 'Cần chuẩn bị' }).waitFor();
  await hands.finish();
}

async function administrator(browser, base, account, shots) {
  const page = await newPage(browser, { base });
  await signIn(page, account);
  await page.goto('/thu-tuc?tim=an+toan+thuc+pham');
  await atWidths(page, [360, 1366], shots, '3-list');
  await page.getByRole('link', { name: /^Cấp Giấy chứng nhận đủ điều kiện an toàn thực phẩm/ }).click();
  await page.getByText('Sơ đồ quy trình').click();
  await page.getByRole('img', { name: /Sơ đồ các bước/ }).waitFor();
  await atWidths(page, [360, 1366], shots, '4-procedure');
}
