import { listActions } from "./action-list.ts";
import { actionAtEnd } from "./action-word.ts";
import { readTopicActor } from "./actor.ts";
import type { ClauseBlock, ClauseNode } from "./clause.ts";
import { DELIVERABLES, isNarrative, NAMES, periodOf } from "./clause-kind.ts";
import {
  type DeliverableColumns,
  deliverableColumns,
  isPeriodTitle,
  namedDeliverable,
  readDeliverable,
} from "./deliverable.ts";
import type { Due, DueContext } from "./due.ts";
import { readDue } from "./due-rule.ts";
import { type Grid, gridColumns, gridRow } from "./duty-grid.ts";
import {
  forbidsList,
  handedTitle,
  introducesDeliverables,
  introducesList,
  isDeliverableRow,
  isItem,
  isPayment,
  listingTitle,
} from "./duty-list.ts";
import { exactDue, FORBIDDEN, LISTED, none } from "./duty-seed.ts";
import { sourceSlice } from "./line-join.ts";
import { maskBrackets, type Sentence, splitSentences } from "./masked-text.ts";
import { type Obligation, readFormat } from "./obligation.ts";
import { type Duty, readDuties } from "./read-duties.ts";
import { isRoleHeading, readRoleRow } from "./role-table.ts";
import { shareFormats } from "./shared-format.ts";

const CONTRACTOR = "受託者";
const CLIENT = "委託者";

/** 条項の木から義務を読む。 */
export function readObligations(roots: readonly ClauseNode[], source: string): Obligation[] {
  const context = periodOf(roots, source);
  // 番号の一つもない文書では、前書きが本文。
  const unnumbered = roots.length === 1 && roots[0]?.clause.number === "";
  const reader = new ObligationReader(source, context, unnumbered);
  for (const root of roots)
    reader.read(root, {
      actor: undefined,
      narrative: false,
      listing: undefined,
      deliverables: false,
      handed: undefined,
      forbidden: false,
    });
  return reader.found;
}

interface Inherited {
  /** 上の条項の主体。 */
  actor: string | undefined;
  narrative: boolean;
  /** 「以下の調査を行うこと」の下にいて、名詞の項目が務めになる。 */
  listing: Duty | undefined;
  /** 「納品物」「提出書類」の下にいて、項目は出すものの名。 */
  deliverables: boolean;
  /** 「次の成果品を提出すること」の下にいて、項目は出すものの名。 */
  handed: Duty | undefined;
  /** 「次の行為をしてはならない」の下にいて、項目は禁止。 */
  forbidden: boolean;
}

class ObligationReader {
  readonly found: Obligation[] = [];
  private readonly source: string;
  private readonly context: DueContext;
  private readonly unnumbered: boolean;

  constructor(source: string, context: DueContext, unnumbered: boolean) {
    this.unnumbered = unnumbered;
    this.source = source;
    this.context = context;
  }

  read(node: ClauseNode, from: Inherited): void {
    const { title } = node.clause;
    const narrative = from.narrative || isNarrative(title) || (node.clause.number === "" && !this.unnumbered);
    const first = this.found.length;
    const bodies = node.blocks.filter((block) => block.role === "body");
    const state = { ...from, narrative, deliverables: from.deliverables || DELIVERABLES.test(title) };
    const handed = from.handed && node.children.length === 0 ? this.readHanded(node, from.handed) : false;
    if (handed) return;
    if (isPeriodTitle(title)) this.readPeriod(node, bodies);
    else this.readBodies(node, bodies, NAMES.test(title) ? { ...state, listing: undefined } : state);
    // 下に何もない題だけの項目。
    const leaf = bodies.length === 0 && node.children.length === 0;
    const named = node.blocks.find((block) => block.role === "title");
    if (leaf && from.deliverables && named) this.readNamed(node, named);
    else if (bodies.length === 0 && node.children.length === 0 && state.listing)
      this.readListed(node, title, state.listing);
    else if (leaf && from.forbidden && named) this.readListed(node, title, FORBIDDEN);
    const own = this.found.slice(first);
    shareFormats(node, own);
    // 「【ステージの運営】」のような小見出しだけの本文は、一覧を切らない。
    const plain = bodies.every((block) => /^[【〔＜《].{1,40}[】〕＞》]$/.test(block.paragraph.text.trim()));
    const listing = this.listingOf(node, bodies) ?? (plain ? listingTitle(title, state.listing) : undefined);
    const deliverables = from.deliverables || DELIVERABLES.test(title);
    const forbidden =
      from.forbidden || bodies.some((block) => forbidsList(block.paragraph.text.slice(block.from)));
    const hands = this.handedOf(bodies) ?? handedTitle(title);
    for (const child of node.children)
      this.read(child, {
        actor: from.actor,
        narrative,
        listing: hands ? undefined : listing,
        deliverables,
        handed: hands,
        forbidden,
      });
  }

  private readBodies(node: ClauseNode, bodies: ClauseBlock[], state: Inherited): void {
    let role: string | undefined;
    let inRoles = false;
    let columns: (DeliverableColumns & { count: number }) | undefined;
    let listing = state.listing;
    let grid: Grid | undefined;
    for (const block of bodies) {
      const { paragraph, from } = block;
      const cells = paragraph.text
        .split(paragraph.kind === "cell" ? "\t" : /[\s\u3000]+/)
        .map((cell) => cell.replace(/^[\s"]+|[\s"]+$/g, ""));
      const headed = paragraph.text.includes("。") ? undefined : deliverableColumns(cells);
      const headedGrid = headed || paragraph.kind !== "cell" ? undefined : gridColumns(cells);
      if (headed) columns = { ...headed, count: cells.length };
      if (headedGrid || headed) grid = headedGrid;
      if (headedGrid) {
        columns = undefined;
        inRoles = false;
        continue;
      }
      if (grid && paragraph.kind === "cell" && this.readGrid(node, block, grid, state)) continue;
      if (headed) continue;
      if (columns && isDeliverableRow(paragraph.kind, cells, columns)) {
        this.readRow(node, block, cells, columns);
        continue;
      } else if (isRoleHeading(paragraph.text)) {
        inRoles = true;
        role = undefined;
        continue;
      }
      const row = inRoles ? readRoleRow(paragraph.text, role) : undefined;
      if (row) {
        role = row.actor;
        for (const duty of row.duties)
          this.add(node, block, wholeOf(block), { ...duty, due: none(), prohibited: false, plain: false });
        continue;
      }
      inRoles = false;
      if (state.deliverables && paragraph.kind !== "cell" && this.readNamed(node, block)) continue;
      if (paragraph.kind === "cell") {
        this.readCells(node, block, state);
        continue;
      }
      for (const sentence of splitSentences(paragraph.text, from)) {
        const duties = this.readSentence(node, block, sentence, state);
        const asks = /お願いします|願います|委託します|次のとおりとする/.test(sentence.masked);
        const lists = introducesList(sentence.masked)
          ? (duties.at(-1) ?? (asks ? LISTED : undefined))
          : undefined;
        if (lists) listing = lists;
        // 「・電話の受付」のような、句点のない項目。
        if (duties.length === 0 && listing && isItem(paragraph.text, sentence))
          this.addListed(node, block, sentence, listing);
        if (forbidsList(sentence.text)) listing = { ...FORBIDDEN, actor: readTopicActor(sentence.masked) };
      }
    }
  }

  private readSentence(node: ClauseNode, block: ClauseBlock, sentence: Sentence, state: Inherited): Duty[] {
    const deliverable = readDeliverable(sentence, node.clause.title, this.context);
    if (deliverable && deliverable.object !== "") {
      const duty: Duty = { ...deliverable, actor: undefined, prohibited: false, plain: false };
      this.add(node, block, sentence, duty);
      return [duty];
    }
    const duties = readDuties(sentence, this.context)
      .filter((one) => !(one.plain && state.narrative))
      .map((one) => (state.forbidden ? { ...one, prohibited: true } : one));
    for (const duty of duties) this.add(node, block, sentence, { ...duty, actor: duty.actor ?? state.actor });
    return duties;
  }

  /** 「区分・項目・内容・回数」「役割・務め」の表の一行。内容の升の務めに、行の主体と回数を付ける。 */
  private readGrid(node: ClauseNode, block: ClauseBlock, grid: Grid, state: Inherited): boolean {
    const row = gridRow(block.paragraph.text, grid);
    if (!row) return false;
    const time = readDue(row.time, this.context);
    const own = { ...state, actor: row.actor ?? state.actor };
    for (const cell of row.contents) {
      for (const sentence of splitSentences(block.paragraph.text.slice(0, cell.to), cell.from)) {
        const first = this.found.length;
        const duties = this.readSentence(node, block, sentence, own);
        if (duties.length === 0)
          for (const one of listActions(sentence.text, sentence.masked))
            this.add(node, block, sentence, {
              ...one,
              ...{ actor: own.actor, due: none(), prohibited: state.forbidden, plain: false },
            });
        for (const one of this.found.slice(first)) {
          if (one.due.text === "" && time.text !== "") one.due = time;
          if (row.actor !== undefined && one.actor === CONTRACTOR) one.actor = row.actor;
        }
      }
    }
    return true;
  }

  /** 成果物でも役割でもない表。ます目の中の文を読む。 */
  private readCells(node: ClauseNode, block: ClauseBlock, state: Inherited): void {
    const { text } = block.paragraph;
    for (const cell of text.matchAll(/[^\t]+/g)) {
      // 語だけのます目は文でない。「到着後２開庁日以内に発送」は、期限のある務め。
      const act = cell[0].includes("。") ? undefined : actionAtEnd(cell[0].trim());
      const due = act && /[にでへ][^にでへ]{0,12}$/.test(cell[0]) ? readDue(cell[0], this.context) : none();
      if (act && due.kind !== "none") {
        const object = (text.split("\t").find((one) => one.trim() !== "") ?? "").trim();
        const at = { text: cell[0], from: cell.index, to: cell.index + cell[0].length };
        this.add(node, block, at, {
          actor: state.actor,
          verb: act,
          object,
          due,
          prohibited: false,
          plain: false,
        });
        continue;
      }
      // 「待たせない」「応答がない」だけのます目は、様子を述べる。
      if (!/。|(?:こと|する|[をはにも].*ない|とする)\s*$/.test(cell[0])) continue;
      const end = cell.index + cell[0].length;
      for (const sentence of splitSentences(text.slice(0, end), cell.index))
        this.readSentence(node, block, sentence, state);
    }
  }

  /** 「契約締結日から令和８年２月28日まで」。 */
  private readPeriod(node: ClauseNode, bodies: ClauseBlock[]): void {
    for (const block of bodies) {
      for (const sentence of splitSentences(block.paragraph.text, block.from)) {
        const due = readDue(sentence.text, this.context);
        // 「稼働開始日は…とする」は、期間でない。
        const other = /^([^、。は]{1,20})は/.exec(sentence.masked)?.[1];
        if (due.kind === "absolute" && (other === undefined || isPeriodTitle(other)))
          this.add(node, block, sentence, {
            actor: undefined,
            verb: "履行",
            object: "業務",
            due,
            prohibited: false,
            plain: false,
          });
        else for (const duty of readDuties(sentence, this.context)) this.add(node, block, sentence, duty);
      }
    }
  }

  /** 成果物の表の一行。 */
  private readRow(
    node: ClauseNode,
    block: ClauseBlock,
    cells: string[],
    columns: { name: number; due: number; format: number },
  ): void {
    const object = cells[columns.name] ?? "";
    const words = cells[columns.due] ?? "";
    if (object === "" || words === "") return;
    const due = readDue(`${words}まで`, this.context);
    const exact: Due =
      due.kind === "none" && due.text === "" ? { kind: "none", text: words } : { ...due, text: words };
    const format = readFormat(cells[columns.format] ?? "");
    this.add(
      node,
      block,
      wholeOf(block),
      { actor: undefined, verb: "提出", object, due: exact, prohibited: false, plain: false },
      format,
    );
  }

  /** 「次の成果品を提出すること」の下の「報告書　200部　令和８年２月20日」。 */
  private readHanded(node: ClauseNode, handed: Duty): boolean {
    const block = node.blocks.find((one) => one.role !== "caption");
    if (!block || node.blocks.length > 1 || /。|(?:こと|する)$/.test(block.paragraph.text)) return false;
    const text = block.paragraph.text.slice(block.from);
    const own = readDue(`${node.clause.title}　${text}まで`, this.context);
    // 題だけの「納期」の下では、日のあるものだけ。
    if (handed.due.text === "" && handed.object === "" && own.kind === "none") return false;
    const named = (node.clause.title || text).split(/[\s\u3000]{1,}|[（(]/)[0] ?? "";
    this.add(node, block, wholeOf(block), {
      ...handed,
      object: named,
      due: own.kind === "absolute" ? { ...own, text: own.text.replace(/まで$/, "") } : handed.due,
    });
    return true;
  }

  private handedOf(bodies: readonly ClauseBlock[]): Duty | undefined {
    for (const block of bodies)
      for (const sentence of splitSentences(block.paragraph.text, block.from))
        if (introducesDeliverables(sentence.masked)) return readDuties(sentence, this.context).at(-1);
    return undefined;
  }

  /** 納品物の項目「保守計画書（契約締結後10日以内）」。期限があるものだけ。 */
  private readNamed(node: ClauseNode, block: ClauseBlock): boolean {
    const whole = wholeOf(block);
    // 「1　単純集計表　　９月30日まで」: 名は題に取ってある。
    const title = block.role === "body" && block.from > 0 ? node.clause.title : "";
    const named = namedDeliverable(whole.text, title, this.context);
    if (!named) return false;
    this.add(node, block, whole, { ...named, actor: undefined, prohibited: false, plain: false });
    return true;
  }

  private readListed(node: ClauseNode, title: string, listing: Duty): void {
    const block = node.blocks.find((one) => one.role === "title");
    if (!block || title === "") return;
    const text = block.paragraph.text;
    this.addListed(
      node,
      block,
      {
        text: text.slice(block.from),
        masked: maskBrackets(text).slice(block.from),
        from: block.from,
        to: text.length,
      },
      listing,
    );
  }

  private addListed(node: ClauseNode, block: ClauseBlock, sentence: Sentence, listing: Duty): void {
    const masked = sentence.masked.replace(/[。\s\u3000]+$/, "");
    const acts = listActions(sentence.text.slice(0, masked.length), masked);
    // 「飲酒その他品位を損なう行為」: 禁止の項目は、行いの名で終わらなくてもよい。
    const listed =
      acts.length === 0 && listing.prohibited
        ? [{ verb: "行う", object: sentence.text.slice(0, masked.length).trim() }]
        : acts;
    for (const one of listed) {
      const due = readDue(sentence.text, this.context);
      this.add(node, block, sentence, { ...listing, ...one, due: due.text === "" ? listing.due : due });
    }
  }

  /** この条項の文が、下の項目を務めとして並べるか。 */
  private listingOf(node: ClauseNode, bodies: ClauseBlock[]): Duty | undefined {
    for (const block of bodies.toReversed()) {
      for (const sentence of splitSentences(block.paragraph.text, block.from).toReversed()) {
        if (!introducesList(sentence.masked)) continue;
        const duty = readDuties(sentence, this.context).at(-1);
        return (
          duty ?? {
            actor: undefined,
            verb: "",
            object: node.clause.title,
            due: none(),
            prohibited: false,
            plain: false,
          }
        );
      }
    }
    return undefined;
  }

  private add(
    node: ClauseNode,
    block: ClauseBlock,
    at: { text: string; from: number; to: number },
    duty: Duty,
    format?: string,
  ): void {
    const written = format ?? readFormat(at.text);
    this.found.push({
      clause: node.clause.id,
      actor: duty.actor ?? (isPayment(duty, at.text) ? CLIENT : CONTRACTOR),
      verb: duty.verb,
      object: duty.object === "" ? node.clause.title : duty.object,
      due: exactDue(duty.due, at.text),
      ...(written ? { format: written } : {}),
      ...(duty.prohibited ? { prohibited: true as const } : {}),
      quote: sourceSlice(this.source, block.paragraph, at.from, at.to),
      sentence: at.text.trim(),
    });
  }
}

function wholeOf(block: ClauseBlock): { text: string; from: number; to: number } {
  const { text } = block.paragraph;
  return { text: text.slice(block.from), from: block.from, to: text.length };
}
