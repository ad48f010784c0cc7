// A citizen without VNeID is given an account at the counter, chooses a password by the link, and is in: by keyboard, and without
// scripts. One who has VNeID comes in there. Both see their dossiers, and need not send again what the agency holds.

import { by, file, press, PROCEDURE } from '../lib/counter.mjs';
import { atWidths, keyboardOnly, newPage, noJs, signIn, tabThrough } from '../lib/page.mjs';

export const name = 'an account at the counter, VNeID, and papers that are held already';
export const seconds = 240;
const WIDTHS = [360, 1366];
const NAME = 'Nguyễn Văn Mẫu Hùng';
const NUMBER = '000085001234';
const WORD = 'cầu Hiền Lương bắc qua';

export async function run({ browser, base, accounts, shots }) {
  const look = async (page, file) => {
    await atWidths(page, WIDTHS, shots, file);
    await page.setViewportSize({ width: 1366, height: 768 });
    await tabThrough(page);
  };
  const { code, link } = await atTheCounter(browser, base, accounts, look);
  await chooses(browser, base, link, code, look);
  await withoutScripts(browser, base, link, code);
  await byVneid(browser, base, code, look);
}

/// The clerk takes in a dossier with its application scanned, and makes the account of its owner.
async function atTheCounter(browser, base, accounts, look) {
  const page = await newPage(browser, { base });
  const plain = await noJs(browser, { base });
  await signIn(page, by(accounts, 'mai.sct'));
  await signIn(plain, by(accounts, 'mai.sct'));
  await page.goto(`/mot-cua/tiep-nhan?thu_tuc=${PROCEDURE}`);
  await page.getByLabel('Chủ hồ sơ').fill(NAME);
  await page.getByLabel('Số định danh hoặc mã số thuế').fill(NUMBER);
  for (const scan of await page.getByLabel('Tệp quét').all()) await scan.setInputFiles(file('giay-quet.pdf'));
  await page.getByRole('group', { name: 'Mức thu' }).getByRole('radio').first().check();
  await press(page, /^Tiếp nhận và in/);
  await page.waitForURL(/\/mot-cua\/ho-so\//);
  const code = (await page.getByRole('heading', { level: 1 }).innerText()).trim();
  await page.getByRole('link', { name: 'Tài khoản cho chủ hồ sơ' }).click();
  await page.waitForURL(/\/tai-khoan$/);
  await look(page, '1-clerk-asks');
  await plain.goto(new URL(page.url()).pathname);
  await press(page, 'Tạo tài khoản').then(() => { throw new Error('made without a look at the paper'); }, (error) => { if (!/refuses/.test(error.message)) throw error; });
  // Without scripts it is made as well; the link made last is the one that holds.
  await plain.getByLabel(/^Đã đối chiếu giấy tờ/).check();
  await press(plain, 'Tạo tài khoản');
  await plain.getByText('Liên kết chỉ hiện một lần').waitFor();
  await page.goto(page.url());
  await look(page, '2-clerk-asks-again');
  await page.getByLabel(/^Đã đối chiếu giấy tờ/).check();
  await press(page, 'Cấp liên kết mới');
  await look(page, '3-link');
  const link = (await page.getByText(/dat-mat-khau\?ma=/).innerText()).trim();
  if (link.includes(NUMBER)) throw new Error('the link names its owner');
  await page.context().close();
  await plain.context().close();
  return { code, link };
}

/// By keyboard alone: the password, then in.
async function chooses(browser, base, link, code, look) {
  const page = await newPage(browser, { base });
  const keys = await keyboardOnly(page);
  await page.goto(link);
  await look(page, '4-choose');
  await keys.tabTo(page.getByLabel('Số định danh cá nhân'));
  await keys.type(NUMBER);
  for (const label of ['Mật khẩu mới', 'Nhập lại mật khẩu mới']) {
    await keys.tabTo(page.getByLabel(label, { exact: true }));
    await keys.type(WORD);
  }
  await keys.press('Enter');
  await page.getByText('Đã đặt mật khẩu').waitFor();
  await look(page, '5-sign-in');
  await keys.tabTo(page.getByLabel('Số định danh cá nhân'));
  await keys.type(NUMBER);
  await keys.tabTo(page.getByLabel('Mật khẩu', { exact: true }));
  await keys.type(WORD);
  await keys.press('Enter');
  await page.getByRole('link', { name: code }).waitFor();
  await look(page, '6-own');
  await keys.finish();
  await page.context().close();
}

/// The link is spent, a wrong password is said, the right one opens.
async function withoutScripts(browser, base, link, code) {
  const page = await noJs(browser, { base });
  const spent = await page.goto(link);
  if (spent.status() !== 410) throw new Error(`a spent link answers ${spent.status()}`);
  await page.getByRole('link', { name: 'Đến trang đăng nhập' }).click();
  for (const word of ['một câu nào khác', WORD]) {
    await page.getByLabel('Số định danh cá nhân').fill(NUMBER);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(word);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByText(word === WORD ? code : 'Số định danh hoặc mật khẩu không đúng').first().waitFor();
  }
  await page.context().close();
}

/// By the simulated VNeID; then a dossier online, whose paper the agency holds.
async function byVneid(browser, base, code, look) {
  const page = await newPage(browser, { base });
  await page.goto('/ho-so-cua-toi');
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).or(page.getByRole('button', { name: 'Đăng nhập bằng VNeID' })).click();
  await page.getByText('Chương trình mô phỏng').waitFor();
  await look(page, '7-simulated-vneid');
  await page.getByRole('button', { name: NAME }).click();
  await page.getByRole('link', { name: code }).waitFor();
  await page.goto(`/dich-vu-cong/${PROCEDURE}/nop`);
  const cases = page.getByRole('radio');
  if (await cases.count()) await cases.first().check();
  await page.getByRole('button', { name: 'Bắt đầu nộp' }).click();
  await page.waitForURL(/nop-ho-so/);
  const tasks = page.url();
  await page.getByRole('link', { name: 'Người nộp' }).click();
  if (await page.getByLabel(/^Số định danh cá nhân/).inputValue() !== NUMBER) throw new Error('the number is not filled in');
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.waitForURL(tasks);
  const paper = await page.locator('a[href*="/giay-to/"]').first().getAttribute('href');
  await page.goto(paper);
  await page.getByText('Bạn không phải nộp lại').waitFor();
  await look(page, '8-held');
  // The same browser without scripts: the offer is a form like any other.
  const plain = await noJs(browser, { base, storageState: await page.context().storageState() });
  await plain.goto(paper);
  await plain.getByRole('button', { name: 'Dùng giấy tờ đã có' }).click();
  await plain.getByText(`(từ hồ sơ ${code})`).waitFor();
  await plain.getByRole('button', { name: /^Bỏ tệp/ }).click();
  const keys = await keyboardOnly(page);
  await page.goto(paper);
  await keys.tabTo(page.getByRole('button', { name: 'Dùng giấy tờ đã có' }));
  await keys.press('Enter');
  await page.getByText('Đã dùng giấy tờ cơ quan đang giữ').waitFor();
  await look(page, '9-used');
  await keys.finish();
}
