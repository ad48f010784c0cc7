// What was told is read by a public client of statistics (sdmx1), with a key that somebody made for it; and ADX by its structure.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { by, press } from '../lib/counter.mjs';
import { newPage, signIn } from '../lib/page.mjs';

export const name = 'statistics of reports, read by a public client';

const here = path.join(import.meta.dirname, '..');
const PYTHON = path.join(here, '.venv/bin/python');

async function key(page) {
  await page.goto('/tai-khoan/khoa');
  await page.getByLabel('Tên khoá').fill('Máy khách thống kê');
  await press(page, 'Tạo khoá');
  return (await page.locator('main code').first().innerText()).trim();
}

export async function run({ browser, base, accounts }) {
  const page = await newPage(browser, { base });
  await signIn(page, by(accounts, 'chi.sct'));
  const words = [path.join(here, 'statistics.py'), base, await key(page), 'cong-thuong-thang', path.join(here, '../data/reports/adx.xsd')];
  const { stdout } = await promisify(execFile)(PYTHON, words);
  const read = JSON.parse(stdout);

  assert.deepEqual(read.dimensions, ['FREQ', 'UNIT', 'LEVEL', 'INDICATOR', 'PART', 'NATURE', 'TIME_PERIOD']);
  assert.equal(read.name, 'Giá trị sản xuất công nghiệp theo giá so sánh');
  // As they were typed in the demo (data/demo/reports.toml).
  assert.equal(read.figures['M.sct-quan-ly-cong-nghiep.U.CN_GTSX._T.3/2019-11'], 1162.4);
  assert.equal(read.figures['M.so-cong-thuong.T.CN_GTSX._T.3/2020-10'], 1198.7);
  assert.ok(Object.keys(read.one).length >= 4 && Object.keys(read.one).every((series) => series.includes('.CN_GTSX._T.3/')));
  assert.ok(read.same, 'XML, JSON and CSV say the same');
  assert.equal(read.adx, Object.keys(read.figures).length);
  await page.context().close();
}
