// The same at the counter, by keyboard alone: the procedure is found without marks, the dossier received, its receipt printed.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { by, resolves, at, press } from '../lib/counter.mjs';
import { atWidths, keyboardOnly, newPage, signIn } from '../lib/page.mjs';

export const name = 'a dossier at the counter, by keyboard alone';
export const seconds = 240;

export async function run({ browser, base, accounts, shots }) {
  const page = await newPage(browser, { base });
  await signIn(page, by(accounts, 'mai.sct'));
  const keys = await keyboardOnly(page);
  await page.goto('/mot-cua/tiep-nhan');
  await keys.tabTo(page.getByLabel('Thủ tục'));
  await keys.type('ban le xang dau');
  await keys.press('Enter');
  await page.waitForURL(/thu_tuc=/);
  const link = page.getByRole('link', { name: /^2\.000648/ });
  await keys.tabTo(link);
  await keys.press('Enter');
  await page.getByText('Thành phần hồ sơ').waitFor();
  await atWidths(page, [360, 1366], shots, '1-intake');
  await page.setViewportSize({ width: 1366, height: 768 });
  await keys.tabTo(page.getByLabel('Chủ hồ sơ'));
  await keys.type('Hộ kinh doanh Mẫu Năm');
  const tariff = page.getByRole('group', { name: 'Mức thu' }).getByRole('radio').first();
  await keys.tabTo(tariff);
  await keys.press('Space');
  await keys.press('Control+Enter');
  await page.waitForURL(/\/mot-cua\/ho-so\//);
  const code = (await page.getByRole('heading', { level: 1 }).innerText()).trim();
  await atWidths(page, [360, 1366], shots, '2-received');
  await page.setViewportSize({ width: 1366, height: 768 });
  const print = page.getByRole('link', { name: 'In giấy hẹn' }).first();
  await keys.tabTo(print);
  const [download] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')]);
  const pdf = await readFile(await download.path());
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('the receipt is not a PDF');
  await download.saveAs(path.join(shots, 'giay-hen.pdf'));
  await keys.tabTo(page.getByRole('button', { name: /^Chuyển/ }).first());
  await keys.press('Enter');
  await page.getByText('Đã chuyển bước').waitFor();
  const strokes = await keys.finish();
  if (strokes > 260) throw new Error(`${strokes} strokes for one dossier`);
  await page.context().close();

  await resolves(browser, base, accounts, code);
  const counter = await at(browser, base, by(accounts, 'mai.sct'), code);
  await press(counter, 'Trả kết quả');
  await counter.getByText('Hồ sơ đã kết thúc').waitFor();
  await atWidths(counter, [360, 1366], shots, '3-returned');
}
