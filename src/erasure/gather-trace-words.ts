import { declaredTables, type Row, type Table } from "../base/column.ts";
import type { Office } from "../platform/office.ts";
import { findPersons, openPerson } from "../platform/person-store.ts";
import { openRow } from "../platform/sealed-row.ts";
import { listRowsUnder } from "./personal-place-store.ts";

/** 跡を探すのに使う鍵の数の上限。 */
const MOST = 200;

/**
 * 申込みのほかに、欄の決まった個人情報のある表と、その欄（封じた JSON なら、その中の名）。
 * 自由な文は入れない: 市の番号や会場の名も書いてあり、消し残りと見分けられない。
 */
const places: Readonly<Record<string, readonly string[]>> = {
  comment_signer: ["name", "address", "contact"],
  council_member: ["phone", "reserve", "mail"],
};

/** 消す前に、消す鍵で封じてある氏名・住所・電話・メールを集める。消した後に、平文で残っていないか探すため。 */
export async function gatherTraceWords(
  office: Office,
  contract: string,
  keys: readonly string[],
): Promise<string[]> {
  const words = await personWords(office, contract, keys.slice(0, MOST));
  for (const table of declaredTables().filter(({ name }) => Object.hasOwn(places, name)))
    words.push(...(await tableWords(office, contract, table, keys)));
  return [...new Set(words.map((word) => word.trim()).filter((word) => [...word].length >= 4))];
}

async function personWords(office: Office, contract: string, some: readonly string[]): Promise<string[]> {
  const [persons, opened] = await Promise.all([
    findPersons(office.read, contract, some),
    office.keys.get(contract, some),
  ]);
  return persons.flatMap((row) => {
    const { name, kana, address, phone } = openPerson(opened.get(row.id), row);
    return [name, kana, phone, ...tellingPlace(address)];
  });
}

async function tableWords(
  office: Office,
  contract: string,
  table: Table,
  keys: readonly string[],
): Promise<string[]> {
  const { rows, keyColumn } = await listRowsUnder(office.read, contract, table.name, keys, MOST);
  const opened = await office.keys.get(
    contract,
    rows.map((row) => String(row[keyColumn])),
  );
  return rows.flatMap((row) => {
    const key = opened.get(String(row[keyColumn]));
    const plain = key ? (openRow(table, key, row as Row<typeof table>) as Record<string, unknown>) : {};
    const inside = typeof plain.body === "string" ? { ...plain, ...parsed(plain.body) } : plain;
    return (places[table.name] ?? []).flatMap((name) => {
      const word = String(inside[name] ?? "");
      return name === "address" ? tellingPlace(word) : [word];
    });
  });
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** その方だけのものと言える住所だけ（「札幌市北区」のような、だれにも当たるものは探さない）。 */
function tellingPlace(address: string): string[] {
  return [...address].length >= 8 && /\d|[一二三四五六七八九十]/.test(address.normalize("NFKC"))
    ? [address]
    : [];
}
