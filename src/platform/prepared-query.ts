import { type Compilable, CompiledQuery } from "kysely";
import type { Table } from "../base/column.ts";
import { directOf, type On, type Read } from "./database.ts";

/** 値の入る場所。組み立てるときだけ使い、データベースには渡らない。 */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

interface Template {
  sql: string;
  parameters: readonly unknown[];
}

/**
 * 形の決まった問い合わせ。初めの一回だけ組み立て、あとは値だけを入れ替える
 * （組み立ては SQL を動かすより高くつく。予約一件で九つの文を動かす）。
 * values のどの値も形を変えてはならない（「= と is」のように値で文が変わるなら、別々に用意する）。
 */
export function prepared<T extends Record<string, Table>, V extends object, R>(
  build: (q: On<T>, values: V) => Compilable<R>,
): (read: Read, values: V) => Promise<R[]> {
  const templates = new Map<unknown, Template>();
  return async ({ q }, values) => {
    const dialect = q.getExecutor().adapter.constructor;
    let template = templates.get(dialect);
    if (!template) {
      template = templateOf(build(q, slotsFor(values)));
      templates.set(dialect, template);
    }
    const { sql, parameters } = fill(template, values);
    const direct = directOf(q);
    if (direct) return direct(sql, parameters) as R[];
    return (await q.executeQuery<R>(CompiledQuery.raw(sql, parameters))).rows;
  };
}

function slotsFor<V extends object>(values: V): V {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Slot(name)])) as V;
}

function templateOf(query: Compilable<unknown>): Template {
  const { sql, parameters } = query.compile();
  return { sql, parameters };
}

function fill({ sql, parameters }: Template, values: object): { sql: string; parameters: unknown[] } {
  const given = values as Record<string, unknown>;
  const filled = parameters.map((one) => (one instanceof Slot ? given[one.name] : one));
  if (filled.includes(undefined)) throw new Error("a prepared query was given other values than at first");
  return { sql, parameters: filled };
}
