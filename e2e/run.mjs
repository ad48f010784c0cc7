// Starts the demo on a free port with a folder of its own, and walks every journey through it in a real browser.
//
//   node run.mjs [NAME …]         only the journeys whose file name contains a NAME
//
//   CUAVIET_BIN   the program           (target/debug/cuaviet)
//   CHROMIUM      the browser           (/usr/bin/chromium)
//   E2E_BASE      a server that already runs, with E2E_ACCOUNTS = its file of accounts: nothing is started
//
// The last line is `e2e: N passed, N failed`; pictures and the server's log are in out/.

import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startDemo, runningDemo } from './lib/demo.mjs';
import { forgetTroubles, troubles } from './lib/page.mjs';

const here = import.meta.dirname;
const out = path.join(here, 'out');

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const SECONDS = 120;

async function journeys(names) {
  const files = (await readdir(path.join(here, 'journeys'))).filter((file) => file.endsWith('.mjs')).sort();
  const wanted = files.filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  return Promise.all(wanted.map(async (file) => ({ file, ...(await import(`./journeys/${file}`)) })));
}

// A journey that hangs must not hang the others.
function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished in ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function walk(journey, browser, demo) {
  const begun = Date.now();
  forgetTroubles();
  let error = null;
  const shots = path.join(out, path.basename(journey.file, '.mjs'));
  try {
    await mkdir(shots, { recursive: true });
    await within(journey.seconds ?? SECONDS, journey.run({ browser, base: demo.base, accounts: demo.accounts, shots }));
    const seen = troubles();
    if (seen.length > 0) throw new Error(`the browser complained:\n  ${seen.join('\n  ')}`);
  } catch (failure) {
    error = failure;
    await picturesOfFailure(browser, shots);
  }
  await Promise.all(browser.contexts().map((context) => context.close()));
  const time = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`${error ? 'FAIL' : 'ok  '} ${journey.name} (${time} s)`);
  if (error) console.log(indent(error.stack ?? String(error)));
  return error === null;
}

async function picturesOfFailure(browser, shots) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [at, page] of pages.entries()) {
    await page.screenshot({ path: path.join(shots, `FAILED-${at + 1}.png`), fullPage: true, timeout: 5000 }).catch(() => {});
  }
}

const indent = (text) => text.split('\n').map((line) => `     ${line}`).join('\n');

async function main() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const all = await journeys(process.argv.slice(2));
  let passed = 0;
  let demo = null;
  let browser = null;
  try {
    demo = process.env.E2E_BASE ? await runningDemo() : await startDemo(path.join(out, 'server.log'));
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
    for (const journey of all) {
      if (await walk(journey, browser, demo)) passed += 1;
    }
  } catch (error) {
    console.log(indent(error.stack ?? String(error)));
  } finally {
    await browser?.close();
    await demo?.stop();
  }
  const failed = Math.max(all.length - passed, demo && browser ? 0 : 1);
  console.log(`e2e: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
