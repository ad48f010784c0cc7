// Every page that can be reached by links, once per shape of address and person: axe and no sideways scrolling at 360 and
// 1366 pixels, and an answer that is a page.

import { axe, newPage, signIn } from '../lib/page.mjs';

export const name = 'every page, accessible at two widths';
export const seconds = 420;

const WHO = ['quantri', 'hoidong', 'oanh.snv', 'chi.sct', 'mai.sct', 'lan.sct'];
// Where somebody begins beside what everybody has.
const OWN = {
  'mai.sct': ['/mot-cua', '/mot-cua/tiep-nhan?thu_tuc=2.000648', '/dich-vu-cong', '/tra-cuu'],
  'lan.sct': ['/mot-cua'],
};
const MOST = 85;

export async function run({ browser, base, accounts }) {
  const faults = [];
  const seen = new Set();
  for (const login of WHO) {
    const page = await newPage(browser, { base });
    await signIn(page, accounts.find((one) => one.login === login));
    const waiting = [...(OWN[login] ?? []), '/', '/chi-so', '/chi-so/bo-tieu-chi', '/chi-so/lich-su', '/thu-tuc', '/thu-tuc/quy-trinh', '/tai-khoan', '/viec-nen'];
    let count = 0;
    while (waiting.length > 0 && count < MOST) {
      const address = waiting.shift();
      if (seen.has(shape(address))) continue;
      seen.add(shape(address));
      count += 1;
      const answer = await page.goto(address);
      if (!answer.ok()) {
        faults.push(`${login} ${address}: ${answer.status()}`);
        continue;
      }
      await look(page, login, faults);
      for (const link of await links(page)) if (!seen.has(shape(link))) waiting.push(link);
    }
    await page.context().close();
  }
  if (seen.size < 25) faults.push(`only ${seen.size} pages were found`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

async function look(page, login, faults) {
  for (const width of [360, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    await axe(page).catch((error) => faults.push(`${login}: ${error.message}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) faults.push(`${login} ${page.url()} is ${wide} px wide in a window of ${width}`);
  }
}

/// Links to pages: not to files, and not to the way out.
const links = (page) => page.evaluate(() => [...document.querySelectorAll('a[href]')]
  .filter((link) => link.origin === location.origin && !link.hasAttribute('download') && link.target !== '_blank')
  .map((link) => link.pathname + link.search)
  .filter((path) => !/kieu=|\/tai\b|\/mau\b|\/tinh\/|tai-lieu|xuat=|\/tep\/|\/giay-hen|\/in\//.test(path)));

/// Addresses that differ only in ids, codes and filters are one page.
function shape(address) {
  const [path, query = ''] = address.split('?');
  const names = [...new URLSearchParams(query).keys()].filter((name) => ['mo', 'a', 'b', 'loai'].includes(name));
  return path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/(theo-tieu-chi\/[^/]+)\/.*/, '$1/:code')
    .replace(/^\/(thu-tuc|dich-vu-cong)\/\d\.\d+/, '/$1/:code') + (names.length ? `?${names}` : '');
}
