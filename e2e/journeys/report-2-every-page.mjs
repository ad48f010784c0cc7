// Every page of reports, as the person who has it: axe and no sideways scrolling at 360 and 1366 pixels, the whole of it by Tab, and
// the same page where scripts are off.

import { by } from '../lib/counter.mjs';
import { lookAt, newPage, noJs, signIn } from '../lib/page.mjs';

export const name = 'every page of reports, by Tab and without scripts';
export const seconds = 300;

const OPEN = '/bao-cao/mo?che_do=cong-thuong-thang';
const PAGES = {
  'lan.sct': ['/bao-cao', '/bao-cao?trang_thai=all', '{report}', '{report}?phan=loi-van', '{report}?phan=kiem-tra', '{report}?hien=het', '{report}?mo=7'],
  'chi.sct': ['/bao-cao?trang_thai=late', '/bao-cao/chuoi?so=TM.BLE//thuc-hien', OPEN, '/bao-cao/che-do', '{regime}', '{board}', '{give}', '{report}', '/bao-cao/van-ban'],
  quantri: ['/bao-cao/che-do', '/bao-cao/che-do/nap'],
  'oanh.snv': ['{board}', '{report}'],
};

export async function run({ browser, base, accounts, shots }) {
  const faults = [];
  for (const [login, addresses] of Object.entries(PAGES)) {
    const [page, plain] = [await newPage(browser, { base }), await noJs(browser, { base })];
    await signIn(page, by(accounts, login));
    await signIn(plain, by(accounts, login));
    const known = await named(page);
    for (const address of addresses) {
      const whole = address.replace(/\{(\w+)\}/, (_, name) => known[name]);
      const file = `${login}${address.replaceAll(/[{}]/g, '')}`;
      await lookAt(page, plain, whole, shots, file).catch((error) => faults.push(`${login} ${address}: ${error.message}`));
    }
    await page.context().close();
    await plain.context().close();
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/// Addresses with an id in them, by what they are, as links lead to them.
async function named(page) {
  const first = async (at, part) => {
    await page.goto(at);
    const link = page.locator(`main a[href^="${part}"]`).first();
    return (await link.count()) ? link.getAttribute('href') : null;
  };
  const board = await first('/bao-cao?trang_thai=all', '/bao-cao/dot/');
  const regime = await first('/bao-cao/che-do', '/bao-cao/che-do/');
  // What waits, else what there is: an earlier journey may have done it all.
  const reports = (await first('/bao-cao', '/bao-cao/0')) ?? (await first('/bao-cao?trang_thai=all', '/bao-cao/0'));
  const give = board ? await page.goto(board).then(() => page.locator('main a[href$="/giao"]').first()) : null;
  return { board, regime, report: reports, give: give && (await give.count()) ? await give.getAttribute('href') : `${reports}/giao` };
}
