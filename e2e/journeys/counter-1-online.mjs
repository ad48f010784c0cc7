// A citizen hands in by telephone, without an account; the clerk receives, the specialist asks for a supplement and the clock stops,
// the citizen supplies it, the head signs, the result is issued, returned and rated.

import { at, by, file, press, PROCEDURE, resolves } from '../lib/counter.mjs';
import { atWidths, newPage, picture } from '../lib/page.mjs';
import path from 'node:path';

export const name = 'a dossier handed in by telephone';
export const seconds = 240;
const WIDTHS = [360, 1366];

export async function run({ browser, base, accounts, shots }) {
  const citizen = await newPage(browser, { base, width: 360, height: 740 });
  const { code, secret } = await handsIn(citizen, shots);

  let page = await at(browser, base, by(accounts, 'mai.sct'), code);
  await atWidths(page, WIDTHS, shots, '6-inbox');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('radio', { name: /1\.200\.000/ }).first().check();
  await press(page, 'Tiếp nhận chính thức');
  await press(page, 'Đã thu tiền mặt');
  await press(page, /^Chuyển/);
  await page.context().close();

  // The head of the office asks for a supplement: the clock stands.
  page = await at(browser, base, by(accounts, 'tuan.sct'), code);
  await page.getByText('Yêu cầu bổ sung', { exact: true }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('Người dân cần làm gì').first().fill('Ký tên vào trang cuối của đơn');
  await page.getByLabel('Lý do chung').fill('Đơn thiếu chữ ký');
  await press(page, 'Gửi yêu cầu bổ sung');
  await page.getByText(/Tạm dừng từ .* chờ bổ sung/).waitFor();
  await atWidths(page, WIDTHS, shots, '7-clock-stands');
  await page.context().close();

  await citizen.goto(`/tra-cuu/${code}`);
  await citizen.getByText('Chờ bạn bổ sung').waitFor();
  await atWidths(citizen, WIDTHS, shots, '8-asked');
  await citizen.setViewportSize({ width: 360, height: 740 });
  await citizen.getByLabel('Chọn tệp hoặc chụp ảnh').first().setInputFiles(file('don-da-ky.pdf'));
  await press(citizen, 'Gửi bổ sung');

  await resolves(browser, base, accounts, code, (head) => picture(head, path.join(shots, '9-head-signs-360.png'), { fullPage: true }));
  page = await at(browser, base, by(accounts, 'mai.sct'), code);
  await atWidths(page, WIDTHS, shots, '10-waits-to-be-returned');
  await press(page, 'Trả kết quả');
  await page.getByText('Hồ sơ đã kết thúc').waitFor();
  await page.context().close();

  await rates(citizen, code, secret, shots);
}

async function handsIn(page, shots) {
  await page.goto('/dich-vu-cong?tim=xang+dau');
  await atWidths(page, WIDTHS, shots, '1-search');
  await page.goto(`/dich-vu-cong/${PROCEDURE}`);
  await atWidths(page, WIDTHS, shots, '2-start');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('link', { name: 'Bắt đầu nộp' }).click();
  const cases = page.getByRole('radio');
  if (await cases.count()) await cases.first().check();
  await page.getByRole('button', { name: 'Bắt đầu nộp' }).click();
  await page.waitForURL(/nop-ho-so/);
  await page.getByRole('link', { name: 'Người nộp' }).click();
  await page.getByLabel('Họ và tên, hoặc tên tổ chức').fill('Công ty TNHH Mẫu Bến Hải');
  await page.getByLabel('Số điện thoại').fill('0905 000 111');
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await declares(page, shots);
  await papers(page);
  await page.getByRole('link', { name: 'Nhận kết quả' }).click();
  await page.getByRole('radio', { name: 'Trực tuyến' }).check();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await atWidths(page, WIDTHS, shots, '3-tasks');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('link', { name: 'Kiểm tra và nộp' }).click();
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByText('Đánh dấu cam đoan trước khi nộp').first().waitFor();
  await page.getByLabel('Tôi cam đoan').check();
  await atWidths(page, WIDTHS, shots, '4-check');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Nộp hồ sơ' }).click();
  await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor();
  const [code, secret] = await page.locator('.panel strong').allInnerTexts();
  await atWidths(page, WIDTHS, shots, '5-handed-in');
  return { code, secret };
}

/// The electronic form: what is asked follows what is answered, without a button and without losing a key.
async function declares(page, shots) {
  await page.getByRole('link', { name: 'Tờ khai' }).click();
  await page.getByLabel('Tên doanh nghiệp').fill('Công ty TNHH Mẫu Bến Hải');
  await page.getByLabel('Mã số thuế').fill('0100109106');
  await page.getByLabel('Địa chỉ trụ sở chính').fill('Thôn Mẫu, xã Cửa Việt');
  await page.getByRole('radio', { name: 'Cửa hàng thuộc sở hữu' }).check();
  await page.getByLabel('Tên cửa hàng').fill('Cửa hàng Mẫu số 7');
  await page.getByLabel('Địa chỉ cửa hàng').fill('Thôn Mẫu');
  await chosen(page, () => page.getByRole('radio', { name: 'Huế' }).check(), page.getByRole('radio', { name: 'Phường Thuận Hóa' }));
  await chosen(page, () => page.getByRole('radio', { name: 'Quảng Trị' }).check(), page.getByRole('radio', { name: 'Xã Cửa Việt' }));
  await page.getByRole('radio', { name: 'Xã Cửa Việt' }).check();
  await page.getByLabel('Diện tích khu đất').fill('1.250,5');
  await page.getByRole('checkbox', { name: 'Xăng RON 95' }).check();
  const tank = page.getByLabel('Dung tích bể số 2');
  await chosen(page, () => page.getByLabel('Số bể chứa').fill('2').then(() => page.keyboard.press('Tab')), tank);
  await page.locator('[id*="be[1]"]:focus').waitFor();
  await atWidths(page, WIDTHS, shots, '2a-declares');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.getByText(/chỗ cần sửa/).waitFor();
  await atWidths(page, WIDTHS, shots, '2b-refused');
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [nth, litres] of [[1, '25,5'], [2, '10']]) {
    await page.getByRole('group', { name: `Bể số ${nth} chứa` }).getByRole('radio').first().check();
    await page.getByLabel(`Dung tích bể số ${nth}`).fill(litres);
  }
  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Mẫu');
  await page.getByLabel('Ngày sinh').fill('5/9/1990');
  await page.getByRole('radio', { name: 'Chưa' }).check();
  await page.getByRole('checkbox', { name: 'Đồng ý' }).check();
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await page.waitForURL((url) => !url.pathname.includes('/to-khai'));
}

/// Answers, and waits for the question that follows from it; the page was not loaded anew.
async function chosen(page, answer, follows) {
  await page.evaluate(() => { window.same = true; });
  await answer();
  await follows.waitFor();
  if (!(await page.evaluate(() => window.same))) throw new Error('the page was loaded anew');
}

/// Every paper that has to be there, one page each.
async function papers(page) {
  for (;;) {
    const open = page.locator('.tasks li', { hasText: 'Chưa làm' }).locator('a[href*="/giay-to/"]');
    if ((await open.count()) === 0) return;
    await open.first().click();
    await page.getByLabel('Chọn tệp hoặc chụp ảnh').setInputFiles(file('giay-to.pdf'));
    await press(page, 'Tải lên');
    await page.getByRole('link', { name: 'Về danh sách việc' }).click();
    await page.waitForURL((url) => !url.pathname.includes('/giay-to/'));
  }
}

async function rates(page, code, secret, shots) {
  // From another telephone it takes the secret.
  const other = await newPage(page.context().browser(), { base: new URL(page.url()).origin, width: 360 });
  await other.goto('/tra-cuu');
  await other.getByLabel('Mã hồ sơ').fill(code);
  await other.getByLabel('Mã tra cứu').fill(secret);
  await other.getByRole('button', { name: 'Xem hồ sơ' }).click();
  await other.getByRole('heading', { name: 'Kết quả' }).waitFor();
  const [download] = await Promise.all([other.waitForEvent('download'), other.getByRole('link', { name: /^Tải / }).click()]);
  if (!download.suggestedFilename().endsWith('.pdf')) throw new Error(`the result is ${download.suggestedFilename()}`);
  for (const question of await other.getByRole('group').all()) await question.getByRole('radio').first().check();
  await atWidths(other, WIDTHS, shots, '11-returned');
  await press(other, 'Gửi đánh giá');
  await other.getByText('Bạn đã đánh giá hồ sơ này').waitFor();
  await other.context().close();
}
