// What the people of một cửa do, as each does it on a page.

import { newPage, signIn } from './page.mjs';

export const PROCEDURE = '2.000648';
// The smallest thing that is a PDF by its content.
const PDF = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n';

export const by = (accounts, login) => {
  const found = accounts.find((one) => one.login === login);
  if (!found) throw new Error(`the demo has no ${login}`);
  return found;
};

/// A file to send under this name.
export function file(name) {
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(PDF) };
}

/// Somebody of the office at a dossier found by its code.
export async function at(browser, base, account, code, options = {}) {
  const page = await newPage(browser, { base, ...options });
  await signIn(page, account);
  await page.goto(`/mot-cua?tim=${encodeURIComponent(code)}`);
  await page.waitForURL((url) => url.pathname.startsWith('/mot-cua/ho-so/'));
  return page;
}

/// Presses a button that leads to the next state of the same page.
export async function press(page, name) {
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.getByRole('button', { name }).first().click(),
  ]);
  await page.waitForLoadState();
  const refused = page.locator('.govuk-error-summary');
  if (await refused.count()) throw new Error(`${page.url()} refuses “${name}”: ${await refused.innerText()}`);
}

/// From the counter's hand-over to the result in the register: office, specialist, head of department, register.
export async function resolves(browser, base, accounts, code, look = async () => {}) {
  let page = await at(browser, base, by(accounts, 'tuan.sct'), code);
  await page.getByLabel('Giao tiếp cho').selectOption({ label: await pick(page, 'Đặng Thị Lan') });
  await press(page, /^Chuyển/);
  await page.context().close();

  page = await at(browser, base, by(accounts, 'lan.sct'), code);
  await page.getByLabel('Tệp kết quả').setInputFiles(file('ket-qua.pdf'));
  await press(page, 'Đính kèm dự thảo');
  await page.getByLabel('Ý kiến').first().fill('Hồ sơ đủ điều kiện.');
  await press(page, /^Chuyển/);
  await page.context().close();

  page = await at(browser, base, by(accounts, 'tuan.sct'), code);
  await page.getByLabel('Ý kiến').first().fill('Đồng ý, trình ký.');
  await press(page, /^Chuyển/);
  await page.context().close();

  page = await at(browser, base, by(accounts, 'an.sct'), code, { width: 360 });
  await look(page, 'head');
  await press(page, 'Ký kết quả');
  await press(page, /^Chuyển/);
  await page.context().close();

  page = await at(browser, base, by(accounts, 'ngoc.sct'), code);
  await press(page, 'Vào sổ, cấp số');
  await press(page, /^Chuyển/);
  await page.context().close();
}

/// The label of a choice that begins with a name.
async function pick(page, name) {
  const labels = await page.getByLabel('Giao tiếp cho').locator('option').allInnerTexts();
  return labels.find((label) => label.startsWith(name));
}
