// A person finds the way in: the page is accessible, says what is wrong, and opens; also without JavaScript or a mouse.

import assert from 'node:assert/strict';
import path from 'node:path';
import { atWidths, keyboardOnly, newPage, noJs, picture, signIn } from '../lib/page.mjs';

export const name = 'sign in';

export async function run({ browser, base, accounts, shots }) {
  // An administrator is asked for a second factor; that journey is its own.
  const account = accounts.find((one) => one.role !== 'admin') ?? accounts[0];
  assert.ok(account, 'the demo told of no account');

  const page = await newPage(browser, { base });
  await page.goto('/dang-nhap');
  assert.equal(await page.locator('html').getAttribute('lang'), 'vi');
  assert.equal(await page.locator('h1').count(), 1);
  await atWidths(page, [360, 1366], shots, 'sign-in');

  await page.getByLabel('Tên đăng nhập').fill(account.login);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(`${account.password}x`);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.match(await page.title(), /^Lỗi: /);
  assert.equal(await page.getByLabel('Tên đăng nhập').inputValue(), account.login, 'the name typed is kept');
  await atWidths(page, [360, 1366], shots, 'refused');

  await signIn(page, account);
  await atWidths(page, [360, 1366], shots, 'inside');

  const plain = await noJs(browser, { base });
  await signIn(plain, account);
  await picture(plain, path.join(shots, 'inside-without-javascript.png'));

  const typist = await newPage(browser, { base });
  const keys = await keyboardOnly(typist);
  await typist.goto('/dang-nhap');
  await keys.tabTo(typist.getByLabel('Tên đăng nhập'));
  await keys.type(account.login);
  await keys.tabTo(typist.getByLabel('Mật khẩu', { exact: true }));
  await keys.type(account.password);
  await keys.press('Enter');
  await typist.waitForURL((url) => url.pathname !== '/dang-nhap');
  await keys.finish();
}
