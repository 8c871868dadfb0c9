import {
  a4Section,
  cell,
  field,
  mergeField,
  paragraph,
  postcardSection,
  row,
  run,
  table,
  wordFile,
} from "./word-fixture.ts";

const next = field(" NEXT ", "");

/** 別の市の、A4 一枚の案内状。ヘッダーに整理番号、フッターにページ番号、番号つき箇条書き、入れ子の IF。 */
export function letterTemplate(): Uint8Array {
  const numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
  const address = field([" IF ", mergeField("場所住所"), ' <> "" "（', mergeField("場所住所"), '）" "" ']);
  const half = field([" IF ", mergeField("時間"), ' = "1*" "遅い時間" "早い時間" ']);
  return wordFile({
    body: [
      paragraph(run("〒") + mergeField("送付先郵便番号")),
      paragraph(mergeField("送付先住所")),
      paragraph(mergeField("方書", "", '\\b "　"')),
      paragraph(mergeField("宛名", '<w:b/><w:sz w:val="32"/>') + run("　様", '<w:sz w:val="32"/>')),
      paragraph(run("スマートフォン教室のご案内", '<w:b/><w:sz w:val="36"/>'), '<w:jc w:val="center"/>'),
      table(
        2,
        row(
          cell(paragraph(run("とき"))),
          cell(paragraph(mergeField("開催日", "", '\\@ "ggge年M月d日（aaaa）"') + mergeField("時間"))),
        ),
        row(cell(paragraph(run("ところ"))), cell(paragraph(mergeField("場所") + address))),
      ),
      paragraph(run("お持ちいただくもの"), numbered),
      paragraph(run("当日のお願い"), numbered),
      paragraph(field([" IF ", mergeField("区分"), ' = "相談会" "相談会の', half, 'の方" "講習会の方" '])),
    ].join(""),
    section: `<w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/>${a4Section}`,
    headers: { rIdH: paragraph(run("整理番号　") + mergeField("整理番号", "", '\\# "00000"')) },
    footers: { rIdF: paragraph(field(" PAGE ", "1") + run(" / ") + field(" NUMPAGES ", "7")) },
    numbering:
      '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
  });
}

/** 一枚に四人の宛名ラベル。Word のラベルと同じく、節の種類は「連続」。 */
export function labelTemplate(): Uint8Array {
  const label = (first: string) =>
    cell(
      paragraph(first + run("〒") + mergeField("郵便番号")) +
        paragraph(mergeField("住所1")) +
        paragraph(mergeField("氏名") + run("　様")),
    );
  const rows = row(label(""), label(next)) + row(label(next), label(next));
  const tall = rows.replaceAll("<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="6800" w:hRule="exact"/></w:trPr>');
  return wordFile({
    body: table(2, tall) + paragraph("", '<w:spacing w:line="20" w:lineRule="exact"/>'),
    section: `<w:type w:val="continuous"/>${a4Section}`,
  });
}

/** 表裏のはがき。裏の本文が長い人は三ページ目にあふれる。 */
export function postcardTemplate(): Uint8Array {
  const turn = '<w:r><w:br w:type="page"/></w:r>';
  return wordFile({
    body: paragraph(mergeField("氏名")) + paragraph(turn + mergeField("本文")),
    section: postcardSection,
  });
}
