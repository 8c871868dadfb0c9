import { writeTableWorkbook } from "../office/table-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { type Inquiry, inquiryCode } from "./inquiry.ts";

export interface InquiryPaper {
  inquiry: Inquiry;
  title: string;
  author: string;
  created: string;
  /** 「令和7年1月24日（金）」。 */
  due: string;
  /** 部分の id → 「第５章 施策の展開 図3」。 */
  places: ReadonlyMap<string, string>;
}

const heads = ["部分の印", "場所", "原稿の文（直すときは、この列の文を直してください）", "意見・理由"];
const guide =
  "「部分の印」の列は消さないでください。直した文は、この印で原稿に戻ります。意見がなければ、そのままお返しください。";

/** 照会の Word。行を消したり動かしたりしても、印で戻る。 */
export function inquiryWord({ inquiry, title, author, created, due, places }: InquiryPaper): Uint8Array {
  return writeWordDocument({
    ...{ title: `${title}　庁内照会 第${inquiry.number}号`, author, created, landscape: true },
    footer: `照会 第${inquiry.number}号　${inquiry.department}　回答期限 ${due}`,
    blocks: [
      { kind: "title", text: `${title}　庁内照会 第${inquiry.number}号` },
      { kind: "paragraph", text: `${inquiry.department} 御中　${inquiry.subject}　回答期限 ${due}` },
      { kind: "paragraph", text: `${guide}（照会の印 ${inquiryCode(inquiry)}）`, after: 6 },
      {
        ...{ kind: "table", caption: `照会 第${inquiry.number}号`, header: heads, size: 10 },
        columns: [{ share: 3 }, { share: 4 }, { share: 14 }, { share: 6 }],
        cellTop: true,
        rows: inquiry.lines.map(({ block, sent }) => [block, places.get(block) ?? "", sent, ""]),
      },
    ],
  });
}

/** 照会の Excel。 */
export function inquiryWorkbook({ inquiry, title, due, places }: InquiryPaper): Uint8Array {
  return writeTableWorkbook([
    {
      name: "照会",
      widths: [18, 30, 80, 40],
      landscape: true,
      headRows: 4,
      rows: [
        [{ value: `${title}　庁内照会 第${inquiry.number}号　${inquiry.department}`, look: "title" }],
        [{ value: `${inquiry.subject}　回答期限 ${due}`, look: "note" }],
        [{ value: `${guide}（照会の印 ${inquiryCode(inquiry)}）`, look: "note" }],
        heads.map((value) => ({ value, look: "head" })),
        ...inquiry.lines.map(({ block, sent }) =>
          [block, places.get(block) ?? "", sent, ""].map((value) => ({ value, look: "text" as const })),
        ),
      ],
    },
  ]);
}
