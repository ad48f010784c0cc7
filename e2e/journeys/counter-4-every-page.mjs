// Every page of một cửa that has an address of its own, as the person who has it: axe and no sideways scrolling at 360 and
// 1366 pixels, the whole of it by Tab, and the same page where scripts are off.

import { by, PROCEDURE } from '../lib/counter.mjs';
import { lookAt, newPage, noJs, signIn } from '../lib/page.mjs';

export const name = 'every page of the counter and the office, by Tab and without scripts';
export const seconds = 420;

const PAGES = {
  'mai.sct': [
    '/mot-cua', `/mot-cua/tiep-nhan?thu_tuc=${PROCEDURE}`, '/mot-cua/tiep-nhan/nhieu', '/mot-cua/so', '/mot-cua/phoi-hop', '/mot-cua/lich',
    '/mot-cua/lich/gio', '/mot-cua/thu-phi', '/mot-cua/thong-ke', '/mot-cua/thong-ke/phoi-hop', '/mot-cua/danh-gia', '/mot-cua/danh-gia/766',
    '/mot-cua/phan-anh', '/mot-cua/phan-anh/thong-ke', '/bo-loc', '/thong-bao',
  ],
  'an.sct': ['/mot-cua', '/mot-cua?nguoi_giu=khong&nhan_tu=01/01/2020&nhan_den=31/12/2030', '/mot-cua/danh-gia/766/6.2', '/mot-cua/doi-quy-trinh', '/mot-cua/phan-viec'],
  quantri: [
    '/quan-tri/ket-noi', '/quan-tri/thanh-toan', '/quan-tri/tin-gui', '/thu-tuc', '/thu-tuc/nap', '/thu-tuc/mau-don', '/thu-tuc/mau-don/nap',
    '/thu-tuc/quy-trinh', '/thu-tuc/quy-trinh/moi', '/thu-tuc/quy-trinh/nap',
  ],
  nobody: ['/dich-vu-cong', `/dich-vu-cong/${PROCEDURE}`, '/tra-cuu', '/phan-anh', '/phan-anh/tra-cuu', '/phan-anh/cong-khai', '/ho-so-cua-toi'],
};

export async function run({ browser, base, accounts, shots }) {
  const faults = [];
  for (const [login, addresses] of Object.entries(PAGES)) {
    const [page, plain] = [await newPage(browser, { base }), await noJs(browser, { base })];
    if (login !== 'nobody') {
      await signIn(page, by(accounts, login));
      await signIn(plain, by(accounts, login));
    }
    const first = login === 'nobody' ? null : await firstDossier(page, login);
    for (const address of [...addresses, ...(first ? [first] : [])]) {
      await lookAt(page, plain, address, shots, `${login}${address.split('?')[0]}`).catch((error) => faults.push(`${login} ${address}: ${error.message}`));
    }
    await page.context().close();
    await plain.context().close();
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/// A dossier that this person sees.
async function firstDossier(page, login) {
  if (login === 'quantri') return null;
  await page.goto('/mot-cua');
  return page.locator('a[href^="/mot-cua/ho-so/"]').first().getAttribute('href');
}
