// Pages, and what is asserted on every one of them. Elements are named as a person names them: by label and role.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const HEIGHT = 768;
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let seen = [];
export const forgetTroubles = () => { seen = []; };
export const troubles = () => seen;

/// A browser window of one person. Errors of scripts and of the content policy fail the journey at its end;
/// refused forms do not: a page with status 422 is also written to the console, and is what we test.
export async function newPage(browser, { base, width = 1366, height = HEIGHT, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: base, viewport: { width, height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => seen.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && /content.security.policy|refused to/i.test(text)) seen.push(`${page.url()}: ${text}`);
  });
  return page;
}

/// The same without JavaScript: every journey must be possible so.
export const noJs = (browser, options = {}) => newPage(browser, { ...options, javaScriptEnabled: false });

/// Signs in, and is where a person is after it: not on the sign-in page.
export async function signIn(page, account) {
  await page.goto('/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill(account.login);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.waitForURL((url) => url.pathname !== '/dang-nhap');
}

/// The account for a role, and for a unit where there are several: `who(accounts, 'appraiser', /Nội vụ/)`.
export function who(accounts, role, unit = /./) {
  const found = accounts.find((account) => account.role === role && unit.test(account.unit ?? ''));
  if (!found) throw new Error(`the demo has no ${role} of ${unit}; it has ${accounts.map((one) => `${one.role} (${one.unit})`).join(', ')}`);
  return found;
}

/// Fails on any serious or critical finding of axe.
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
  const grave = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  if (grave.length === 0) return;
  const words = grave.map((one) => {
    const places = one.nodes.slice(0, 3).map((node) => `    ${node.target.join(' ')}\n    ${node.html.slice(0, 200)}\n    ${node.failureSummary}`);
    return `  ${one.id} (${one.impact}): ${one.help}, ${one.nodes.length} times\n${places.join('\n')}`;
  });
  throw new Error(`axe on ${page.url()} at ${page.viewportSize().width} px:\n${words.join('\n')}`);
}

/// A picture for people to look at. On a busy machine the browser now and then cannot draw one at the first try,
/// which says nothing of the page: it is asked again, and only the last refusal counts.
export async function picture(page, file, options = {}) {
  for (let tries = 3; tries > 1; tries -= 1) {
    try {
      return await page.screenshot({ path: file, ...options });
    } catch (error) {
      if (!/Unable to capture screenshot/.test(error.message)) throw error;
      await page.waitForTimeout(500);
    }
  }
  return page.screenshot({ path: file, ...options });
}

/// Looks at one page at several widths: axe, no sideways scrolling of the page itself, and a picture.
export async function atWidths(page, widths, shots, name) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT });
    await axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) throw new Error(`${page.url()} is ${wide} px wide in a window of ${width}`);
    await picture(page, path.join(shots, `${name}-${width}.png`), { fullPage: true });
  }
}

/// A person without a mouse. Gives `{ tabTo, press, type, finish }`; `finish` fails if a pointer was used after all.
export async function keyboardOnly(page) {
  await page.context().addInitScript(() => {
    window.addEventListener('pointerdown', (event) => { if (event.isTrusted) sessionStorage.setItem('e2e-pointer', '1'); }, true);
  });
  let strokes = 0;
  const press = async (key) => {
    strokes += 1;
    await page.keyboard.press(key);
  };
  return {
    press,
    strokes: () => strokes,
    /// Into the field that has the focus.
    type: async (text) => {
      strokes += text.length;
      await page.keyboard.type(text);
    },
    /// Presses Tab until the element has the focus, which must then be seen and not lie under a sticky bar.
    tabTo: async (locator, most = 80) => {
      for (let count = 0; count <= most; count += 1) {
        const there = await locator.evaluate((element) => element === document.activeElement || element.contains(document.activeElement));
        if (there) return assertFocusSeen(page);
        await press('Tab');
      }
      throw new Error(`${locator} has no focus after ${most} times Tab on ${page.url()}`);
    },
    finish: async () => {
      // What was pressed last may still lead to another page.
      await page.waitForLoadState('networkidle');
      if (await page.evaluate(() => sessionStorage.getItem('e2e-pointer'))) throw new Error('a pointer was used in a journey by keyboard');
      return strokes;
    },
  };
}

/// Goes through a page by Tab alone: every stop is seen, none holds the focus, and nothing that can be worked is left out.
export async function tabThrough(page, most = 250) {
  await page.evaluate(() => { document.activeElement?.blur(); window.tabbed = new Set(); });
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const isNew = await page.evaluate(() => {
      const element = document.activeElement;
      const isNew = element !== null && element !== document.body && !window.tabbed.has(element);
      window.tabbed.add(element);
      return isNew;
    });
    if (!isNew) break;
    await assertFocusSeen(page);
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0 && one.type !== 'hidden')
    // In a grid Tab goes from cell to cell; Esc leads from a cell to the name of its row, F4 to its details.
    .filter((one) => !one.closest('table[data-grid] tbody') || one.closest('form[data-cell]'))
    // Of radio buttons with one name Tab visits one; arrows do the rest.
    .filter((one) => !window.tabbed.has(one) && ![...window.tabbed].some((other) => one.type === 'radio' && other?.name === one.name))
    .map((one) => one.outerHTML.slice(0, 120)));
  if (missed.length > 0) throw new Error(`Tab leaves out ${missed.length} on ${page.url()}: ${missed.slice(0, 3).join(' | ')}`);
}

async function assertFocusSeen(page) {
  const problem = await page.evaluate(async () => {
    const element = document.activeElement;
    // A link that slides in is looked at where it comes to rest.
    const ends = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(ends.map((one) => one.finished));
    const style = getComputedStyle(element);
    const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.textDecorationLine !== 'none';
    if (!marked) return 'is not marked';
    // Of a link over several lines the first: between its lines there may be something else.
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return 'has no size';
    // Of a table that is taller than the window the part that is seen.
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const at = document.elementFromPoint(box.left + box.width / 2, (top + bottom) / 2);
    // A label or a picture may lie over its own input; anything else hides it.
    const own = at && (element.contains(at) || at.contains(element) || at.closest('label')?.control === element);
    return own ? null : `lies under ${at?.outerHTML.slice(0, 120) ?? 'the edge of the window'}`;
  });
  if (problem) {
    const html = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 160));
    throw new Error(`the focus ${problem} on ${page.url()}: ${html}`);
  }
}

/// One address at both widths, by Tab, and as the same page without scripts (`plain`, signed in as the same person).
export async function lookAt(page, plain, address, shots, file) {
  const answer = await page.goto(address);
  if (!answer.ok()) throw new Error(`${answer.status()}`);
  await atWidths(page, [360, 1366], shots, file.replaceAll(/[^a-z0-9.]+/g, '-'));
  await page.setViewportSize({ width: 1366, height: 768 });
  await tabThrough(page);
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  const bare = await plain.goto(address);
  if (!bare.ok()) throw new Error(`without scripts: ${bare.status()}`);
  const there = await plain.getByRole('heading', { level: 1 }).innerText();
  if (there !== heading) throw new Error(`without scripts it is “${there}” instead of “${heading}”`);
}
