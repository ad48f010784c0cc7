// The deeds of people in the index, as several journeys need them.

import { deflateSync } from 'node:zlib';

/// Opens a unit's card of a round, through the links a person would follow.
export async function openCard(page, round, unit) {
  await page.goto('/chi-so');
  await page.getByRole('link', { name: round }).first().click();
  const mine = page.getByRole('link', { name: /^(Chấm điểm|Xem phiếu)$/ });
  if (await mine.count()) {
    await mine.first().click();
    await page.getByRole('table').first().waitFor();
    return;
  }
  const search = page.getByLabel('Tìm đơn vị');
  if (await search.count()) {
    await search.fill(unit);
    await page.getByRole('button', { name: 'Lọc' }).click();
  }
  await page.getByRole('link', { name: unit, exact: true }).first().click();
  await page.getByRole('table').first().waitFor();
}

/// One page of PDF, small and whole: a document that a unit might send.
export function pdf(words) {
  const text = deflateSync(Buffer.from(`BT /F1 18 Tf 72 720 Td (${words}) Tj ET`));
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    null,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const chunks = [Buffer.from('%PDF-1.4\n')];
  const offsets = [];
  let length = chunks[0].length;
  const put = (buffer) => { chunks.push(buffer); length += buffer.length; };
  parts.forEach((part, at) => {
    offsets.push(length);
    put(Buffer.from(`${at + 1} 0 obj\n`));
    if (part) put(Buffer.from(`${part}\nendobj\n`));
    else {
      put(Buffer.from(`<< /Length ${text.length} /Filter /FlateDecode >>\nstream\n`));
      put(text);
      put(Buffer.from('\nendstream\nendobj\n'));
    }
  });
  const start = length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  put(Buffer.from(`xref\n0 6\n0000000000 65535 f \n${lines}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

/// The heading of a criterion's drawer.
export const drawerOf = (page, code) => page.getByRole('heading', { level: 2, name: new RegExp(`^${code.replaceAll('.', '\\.')}\\. `) });

/// Opens the drawer of a criterion from its row, unless it is open.
export async function openCriterion(page, code) {
  if (await drawerOf(page, code).count()) return;
  await rowOf(page, code).getByRole('rowheader').getByRole('link').click();
  await drawerOf(page, code).waitFor();
}

/// The row of a criterion in a grid.
export const rowOf = (page, code) => page.getByRole('row').filter({ has: page.getByRole('cell', { name: code, exact: true }) });

/// Gives a document to the criterion whose drawer is open.
export async function giveEvidence(page, { number, issuer, summary, place, name }) {
  await page.getByText('Thêm tài liệu', { exact: true }).first().click();
  await page.getByLabel('Số, ký hiệu').fill(number);
  await page.getByLabel('Ngày ban hành').fill('12/11/2020');
  await page.getByLabel('Cơ quan ban hành').fill(issuer);
  await page.getByLabel('Trích yếu').fill(summary);
  await page.getByLabel('Mục, trang có minh chứng', { exact: true }).first().fill(place);
  await page.getByLabel('Tệp').setInputFiles({ name, mimeType: 'application/pdf', buffer: pdf(number) });
  await page.getByRole('button', { name: 'Thêm tài liệu' }).click();
  await page.getByText('Đã thêm tài liệu.').waitFor();
}
