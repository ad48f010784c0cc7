// A large file on a bad line: a piece is lost on the way, the file goes on from where it stopped, and is there to the byte.
// What is too large is said before anything is sent; without JavaScript the same file goes as a whole.

import assert from 'node:assert/strict';
import { file, PROCEDURE } from '../lib/counter.mjs';
import { atWidths, newPage, noJs } from '../lib/page.mjs';

export const name = 'a large file on a bad line';
const MEGABYTE = 1024 * 1024;

/// A PDF of so many bytes.
function large(called, bytes) {
  const small = file(called);
  return { ...small, buffer: Buffer.concat([small.buffer, Buffer.alloc(bytes - small.buffer.length, '\n')]) };
}

export async function run({ browser, base, shots }) {
  const page = await newPage(browser, { base, width: 360, height: 740 });
  await atPaper(page);
  const [pieces, lost] = [[], { times: 0 }];
  await page.route('**/tai-len/*?tu=*', (route) => {
    pieces.push(new URL(route.request().url()).searchParams.get('tu'));
    if (pieces.length === 2 && lost.times === 0) {
      lost.times += 1;
      return route.abort('connectionreset');
    }
    return route.continue();
  });
  await page.getByLabel('Chọn tệp hoặc chụp ảnh').setInputFiles(large('qua-lon.pdf', 21 * MEGABYTE));
  await page.getByText('Tệp quá lớn').waitFor();
  await atWidths(page, [360, 1366], shots, '1-too-large');
  await page.getByRole('button', { name: 'Tải lên' }).click();
  assert.equal(pieces.length, 0, 'nothing of it was sent');
  await page.getByLabel('Chọn tệp hoặc chụp ảnh').setInputFiles(large('ban-quet.pdf', 3 * MEGABYTE));
  await page.getByRole('button', { name: 'Tải lên' }).click();
  await page.getByText('Mất kết nối khi tải ban-quet.pdf. Đang thử lại.').waitFor();
  await atWidths(page, [360, 1366], shots, '2-line-broken');
  await page.getByRole('heading', { name: 'Đã nhận' }).waitFor();
  assert.deepEqual(pieces, [0, 1, 1, 2].map((at) => String(at * MEGABYTE)), 'the second piece came twice, the first once');
  await atWidths(page, [360, 1366], shots, '3-received');

  const plain = await noJs(browser, { base, width: 360 });
  await atPaper(plain);
  await plain.getByLabel('Chọn tệp hoặc chụp ảnh').setInputFiles(large('ban-quet.pdf', 3 * MEGABYTE));
  await plain.getByRole('button', { name: 'Tải lên' }).click();
  await plain.getByRole('heading', { name: 'Đã nhận' }).waitFor();
}

/// Begins a dossier, and opens the page of its first paper.
async function atPaper(page) {
  await page.goto(`/dich-vu-cong/${PROCEDURE}/nop`);
  const cases = page.getByRole('radio');
  if (await cases.count()) await cases.first().check();
  await page.getByRole('button', { name: 'Bắt đầu nộp' }).click();
  await page.waitForURL(/nop-ho-so/);
  await page.getByRole('link', { name: 'Đơn đề nghị' }).first().click();
  await page.getByLabel('Chọn tệp hoặc chụp ảnh').waitFor();
}
