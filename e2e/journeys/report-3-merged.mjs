// Two provinces were merged on 1/7/2025: the quarterly report of 2024 on the old tree, that of 2026 on the new, and both on the new one,
// adding up. What each must come to is added up here, from the demo's file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { by } from '../lib/counter.mjs';
import { startDemo } from '../lib/demo.mjs';
import { lookAt, newPage, noJs, signIn } from '../lib/page.mjs';

export const name = 'a province that was merged: both years on the tree of then and of today';
export const seconds = 240;

const PAGE = '/bao-cao/chuoi?che_do=cchc-quy&so=TN.TK//thuc-hien';
const DATA = path.join(import.meta.dirname, '../../data/demo/reports-cchc.csv');

/// Received, by period and collector, of the units that a test lets through.
async function received(period, lets = () => true) {
  const lines = (await readFile(DATA, 'utf8')).trim().split('\n').filter((line) => !line.startsWith('#'));
  const [head, ...rows] = lines.map((line) => line.split(','));
  const at = head.indexOf('4');
  return rows.filter((row) => row[0] === period && lets(row)).reduce((sum, row) => sum + Number(row[at]), 0);
}

const written = (number) => number.toLocaleString('vi-VN');

/// What stands beside a unit: the texts of its cells.
async function line(page, unit) {
  const row = page.locator('main tbody tr', { has: page.locator('th', { hasText: unit }) }).first();
  return (await row.locator('td').allInnerTexts()).map((text) => text.trim().replace('*', ''));
}

export async function run({ browser, shots }) {
  const demo = await startDemo(path.join(shots, 'server.log'), ['--today', '2026-11-24']);
  try {
    const [page, plain] = [await newPage(browser, demo), await noJs(browser, demo)];
    for (const one of [page, plain]) await signIn(one, by(demo.accounts, 'oanh.snv'));
    const [old, other] = [await received('2024-Q4', (row) => row[1] === 'so-noi-vu'), await received('2024-Q4', (row) => row[1] === 'qb-so-noi-vu')];
    const now = await received('2026-Q3');

    await lookAt(page, plain, `${PAGE}&dong=50`, shots, 'then');
    await page.goto(`${PAGE}&dong=50`);
    assert.equal((await line(page, 'UBND tỉnh Quảng Bình'))[0], written(other), 'Quảng Bình of 2024');
    const rows = await page.locator('main tbody tr th', { hasText: 'UBND tỉnh Quảng Trị' }).allInnerTexts();
    assert.equal(rows.length, 2, 'the old province and the new one');
    assert.equal((await line(page, 'UBND tỉnh Quảng Trị (đến 30/06/2025)'))[0], written(old), 'the old Quảng Trị of 2024');

    await lookAt(page, plain, `${PAGE}&cay=nay`, shots, 'now');
    await page.goto(`${PAGE}&cay=nay`);
    assert.equal((await line(page, 'UBND tỉnh Quảng Trị')).slice(0, 2).join(' '), `${written(old + other)} ${written(now)}`, 'both years on today’s tree');
    const wards = ['xa-dong-ha-phuong-1', 'xa-dong-ha-phuong-3', 'xa-dong-ha-dong-giang'];
    assert.equal((await line(page, 'UBND phường Đông Hà'))[0], written(await received('2024-Q4', (row) => wards.includes(row[3]))), 'the ward of three');

    // A figure opens the reports that it is made of, each of them its own page.
    await page.locator('main tbody tr', { hasText: 'UBND phường Đông Hà' }).locator('td a').first().click();
    await page.waitForURL(/chuoi\/o/);
    assert.equal(await page.locator('main tbody tr').count(), wards.length, 'reports of the ward of three');
    const opened = new URL(page.url());
    await lookAt(page, plain, opened.pathname + opened.search, shots, 'opened');
    await page.locator('main tbody th a').first().click();
    await page.waitForURL(/bao-cao\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { level: 1, name: /Báo cáo công tác cải cách hành chính quý IV năm 2024/ }).waitFor();

    await lookAt(page, plain, '/bao-cao/chuoi?che_do=cchc-quy&cot=chi-tieu&cay=nay', shots, 'compared');
    await lookAt(page, plain, '/bao-cao/chuoi?che_do=cchc-quy&hang=chi-tieu&cot=ky&cay=nay', shots, 'one-unit');

    // Reports sent on time answer a criterion of the index by themselves, and open the reports that were counted.
    const chi = await newPage(browser, demo);
    await signIn(chi, by(demo.accounts, 'chi.sct'));
    await chi.goto('/chi-so');
    await chi.goto(`${await chi.locator('main a[href*="/phieu/"]').first().getAttribute('href')}?mo=1.2`);
    const row = await chi.locator('tr', { hasText: 'Gửi báo cáo định kỳ đúng hạn' }).first().innerText();
    assert.match(row, /1\/1/, row);
    await chi.goto(await chi.locator('a[href*="so=on-time"]').first().getAttribute('href'));
    await chi.locator('main tbody tr', { hasText: 'Báo cáo công tác cải cách hành chính' }).first().waitFor();
  } finally {
    await demo.stop();
  }
}
