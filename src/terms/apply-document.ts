import type { AppliedDocument, Apply, Clause, Obligation } from "./obligation.ts";

/** 準用した文書（画面に、どの条項がどの文書から来たかを言う）。 */
export interface AppliedPart {
  name: string;
  title: string;
  prefix: string;
}

export interface Duties {
  clauses: Clause[];
  obligations: Obligation[];
  applied: AppliedPart[];
  /** applies にあるのに、添えられていない文書の名。 */
  missing: string[];
}

/**
 * 準用（applies）: ほかの文書の条項と義務を、番号の前に名を置いて加える。
 * 条項は「特記/第5条」、id は「tokki-kojin-joho.c5」。読み替え（replace）は条項の文と、義務の言葉に当てる。
 */
export function applyDocuments(
  own: { clauses: readonly Clause[]; obligations: readonly Obligation[]; applies: readonly Apply[] },
  documents: readonly AppliedDocument[],
): Duties {
  const byName = new Map(documents.map((one) => [one.document.name, one]));
  const duties: Duties = {
    clauses: [...own.clauses],
    obligations: [...own.obligations],
    applied: [],
    missing: [],
  };
  for (const given of own.applies) {
    const apply = typeof given === "string" ? { document: given, replace: [], without: [] } : given;
    const found = byName.get(apply.document);
    if (found === undefined) {
      duties.missing.push(apply.document);
      continue;
    }
    const prefix = ("prefix" in apply ? apply.prefix : undefined) ?? found.document.prefix;
    const read = (text: string) => apply.replace.reduce((at, one) => at.replaceAll(one.from, one.to), text);
    const name = found.document.name;
    const without = new Set(apply.without);
    duties.applied.push({ name, title: found.document.title, prefix });
    duties.clauses.push(...found.clauses.map((clause) => prefixClause(clause, name, prefix, read)));
    duties.obligations.push(
      ...found.obligations
        .filter((one) => !without.has(one.id))
        .map((one) => prefixObligation(one, name, read)),
    );
  }
  return duties;
}

function prefixClause(clause: Clause, name: string, prefix: string, read: (text: string) => string): Clause {
  return {
    ...clause,
    id: `${name}.${clause.id}`,
    number: `${prefix}/${clause.number}`,
    ...(clause.parent === undefined ? {} : { parent: `${name}.${clause.parent}` }),
    title: read(clause.title),
    text: read(clause.text),
  };
}

function prefixObligation(one: Obligation, name: string, read: (text: string) => string): Obligation {
  return {
    ...one,
    id: `${name}.${one.id}`,
    clause: `${name}.${one.clause}`,
    actor: read(one.actor),
    ...(one.to === undefined ? {} : { to: read(one.to) }),
    object: read(one.object),
  };
}
