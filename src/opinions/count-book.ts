/** 数えるための一通。 */
export interface CountedLetter {
  id: string;
  channel: string;
  age: string;
  kids: boolean;
  /** 提出者（同じ人は同じ印）。名のない通は空。 */
  people: readonly string[];
  /** 連名の人数（名の分からない人も入れて）。 */
  signers: number;
}

/** 数えるための一つの意見。 */
export interface CountedOpinion {
  id: string;
  letter: string;
  text: string;
  section: string;
  status: string;
  /** 人が「同じ」と決めたまとまり。 */
  group: string | null;
}

/** 四つの数え方。互いに代わりにならない。 */
export interface Counts {
  /** 提出者（人）。同じ人の何通かは一人。 */
  people: number;
  letters: number;
  opinions: number;
  /** 異なる意見。人がまとめたもの、一字も違わないものは一つ。 */
  distinct: number;
}

export interface CountLine extends Counts {
  key: string;
}

/** 表ごとの数と、合わない所。faults があれば、書き出しを止める。 */
export interface CountBook {
  total: Counts;
  byChannel: CountLine[];
  byAge: CountLine[];
  bySection: CountLine[];
  byStatus: CountLine[];
  /** 送り方をまたいで同じ人を数えた分（表の人数の和は、提出者よりこれだけ多い）。 */
  twice: number;
  kids: Counts;
  /** 一字も違わない文を一つと数えた数。 */
  strings: number;
  faults: string[];
}

/** 通と意見を数え、どの表も合計と合うことを確かめる。 */
export function countBook(letters: readonly CountedLetter[], opinions: readonly CountedOpinion[]): CountBook {
  const byId = new Map(letters.map((one) => [one.id, one]));
  const faults = opinions
    .filter(({ letter }) => !byId.has(letter))
    .map(({ id }) => `意見 ${id} の通が、数えた通の中にありません。`);
  const known = opinions.filter(({ letter }) => byId.has(letter));
  const total = countsOf(letters, known);
  const byLetter = (key: (letter: CountedLetter) => string) => lines(letters, known, key);
  const byChannel = byLetter(({ channel }) => channel);
  const byAge = byLetter(({ age }) => age);
  const bySection = opinionLines(byId, known, ({ section }) => section);
  const byStatus = opinionLines(byId, known, ({ status }) => status);
  const kidsLetters = letters.filter(({ kids }) => kids);
  const kidsIds = new Set(kidsLetters.map(({ id }) => id));
  const book = {
    ...{ total, byChannel, byAge, bySection, byStatus },
    twice: sum(byChannel, "people") - total.people,
    kids: countsOf(
      kidsLetters,
      known.filter(({ letter }) => kidsIds.has(letter)),
    ),
    strings: new Set(known.map(({ text }) => text)).size,
  };
  return { ...book, faults: [...faults, ...reconcile(book)] };
}

function countsOf(letters: readonly CountedLetter[], opinions: readonly CountedOpinion[]): Counts {
  return {
    people: peopleOf(letters),
    letters: letters.length,
    opinions: opinions.length,
    distinct: new Set(opinions.map(({ group, text }) => (group === null ? `文 ${text}` : `群 ${group}`)))
      .size,
  };
}

/** 名のある人は一人ずつ、名のない分は通ごとに足す。 */
function peopleOf(letters: readonly CountedLetter[]): number {
  const named = new Set(letters.flatMap(({ people }) => people));
  const unnamed = letters.reduce(
    (all, { people, signers }) => all + Math.max(0, Math.max(1, signers) - new Set(people).size),
    0,
  );
  return named.size + unnamed;
}

function lines(
  letters: readonly CountedLetter[],
  opinions: readonly CountedOpinion[],
  key: (letter: CountedLetter) => string,
): CountLine[] {
  const groups = Map.groupBy(letters, key);
  const keyOf = new Map(letters.map((letter) => [letter.id, key(letter)]));
  const texts = Map.groupBy(opinions, ({ letter }) => keyOf.get(letter) ?? "");
  return [...groups].map(([name, own]) => ({ key: name, ...countsOf(own, texts.get(name) ?? []) }));
}

function opinionLines(
  byId: ReadonlyMap<string, CountedLetter>,
  opinions: readonly CountedOpinion[],
  key: (opinion: CountedOpinion) => string,
): CountLine[] {
  return [...Map.groupBy(opinions, key)].map(([name, own]) => {
    const letters = [...new Set(own.map(({ letter }) => letter))].flatMap((id) => byId.get(id) ?? []);
    return { key: name, ...countsOf(letters, own) };
  });
}

function sum(of: readonly CountLine[], name: keyof Counts): number {
  return of.reduce((all, line) => all + line[name], 0);
}

function reconcile(book: Omit<CountBook, "faults">): string[] {
  const faults: string[] = [];
  const { total } = book;
  const same = (table: string, lines: readonly CountLine[], name: keyof Counts, label: string) => {
    const found = sum(lines, name);
    if (found !== total[name])
      faults.push(`${table}の${label}の和 ${found} が、合計 ${total[name]} と合いません。`);
  };
  same("提出方法", book.byChannel, "letters", "通数");
  same("提出方法", book.byChannel, "opinions", "意見数");
  same("年代", book.byAge, "letters", "通数");
  same("年代", book.byAge, "opinions", "意見数");
  same("章", book.bySection, "opinions", "意見数");
  same("区分", book.byStatus, "opinions", "意見数");
  if (book.twice < 0) faults.push("提出方法ごとの提出者の和が、提出者の数より少なくなっています。");
  if (total.distinct > total.opinions) faults.push("異なる意見が、意見の数より多くなっています。");
  if (total.letters > 0 && total.people < 1) faults.push("通があるのに、提出者がいません。");
  return faults;
}
