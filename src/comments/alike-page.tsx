import { diffText } from "../office/text-diff.ts";
import { Csrf } from "../ui/csrf.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pagination } from "../ui/table.tsx";
import { bundlesOf, type Likeness, levelLabels } from "./find-likeness.ts";
import { DiffPieces } from "./pieces-panel.tsx";
import type { CommentBook, Opinion } from "./read-book.ts";

const SHOWN = 40;
const MEMBERS = 12;
/** ひな形のまとまりは、最後の頁にまとめて出す。 */
const TEMPLATES = 400;

/** 似た意見のまとまり。違いを見て、人が決める。まとめても、人数・通数・意見数は減らない。 */
export function AlikePage(props: {
  csrf: string;
  book: CommentBook;
  likeness: Likeness;
  may: boolean;
  page: number;
}) {
  const { csrf, book, likeness, may } = props;
  const bundles = bundlesOf(book, likeness);
  const open = bundles.filter((one) => one.open && one.level !== "template");
  const pages = Math.max(1, Math.ceil(open.length / SHOWN));
  const page = Math.min(pages, Math.max(1, props.page));
  const templates = bundles.filter((one) => one.open && one.level === "template");
  return (
    <>
      <PageHead
        crumb={<a href="/comments">意見公募</a>}
        title={
          open.length > 0
            ? `人が決めていない、似た意見の組が${open.length}あります。`
            : "似た意見は、みな決めました。"
        }
      />
      <div className="pile">
        {open.slice((page - 1) * SHOWN, page * SHOWN).map(({ level, members }, at) => (
          <Bundle
            key={`${level}${members[0]?.id}`}
            at={(page - 1) * SHOWN + at + 1}
            {...{ csrf, may, members }}
            label={levelLabels[level]}
            book={book}
          />
        ))}
        <Pagination
          label="似た意見のページ"
          page={page}
          pages={pages}
          href={(n) => `/comments/alike?page=${n}`}
        />
        {page === pages && templates.length > 0 && (
          <Section
            id="h-template"
            title="同じひな形の一部"
            sub="足された文が別の意見のことがあります。机で一つずつ決めます"
          >
            <ul className="alike">
              {templates.slice(0, TEMPLATES).map(({ members }) => (
                <li key={members[0]?.id}>
                  <span>
                    {members.slice(0, MEMBERS).map(({ id, letter, mark, name }) => (
                      <a key={id} href={`/comments/letters/${letter}?o=${mark}`}>
                        {name}{" "}
                      </a>
                    ))}
                  </span>
                  <span className="sub">{members.length}件</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}

function Bundle(props: {
  at: number;
  csrf: string;
  label: string;
  members: readonly Opinion[];
  book: CommentBook;
  may: boolean;
}) {
  const { at, csrf, label, members, book, may } = props;
  const [first, ...others] = members;
  if (first === undefined) return null;
  const letters = new Set(members.map(({ letter }) => letter)).size;
  const same = others.filter(({ text }) => text === first.text);
  const different = others.filter(({ text }) => text !== first.text);
  return (
    <Section
      id={`b-${at}`}
      title={`${at}　${first.name} ほか${others.length}件`}
      sub={`${label}・${letters}通`}
      end={
        may && (
          <form method="post" action="/comments/alike">
            <Csrf token={csrf} />
            <input type="hidden" name="with" value={members.map(({ id }) => id).join(" ")} />
            <button className="btn second" type="submit">
              {members.length}件を1つにまとめる
            </button>
          </form>
        )
      }
    >
      <p className="bundle">{clip(first.text)}</p>
      {same.length > 0 && (
        <p className="sub">
          一字も違わない{same.length}件{" "}
          {same.slice(0, MEMBERS).map((one) => (
            <a key={one.id} href={`/comments/letters/${one.letter}?o=${one.mark}`}>
              {one.name}{" "}
            </a>
          ))}
          {same.every((one) => one.group !== null && one.group === first.group) && (
            <Status look="done">まとめ済み</Status>
          )}
        </p>
      )}
      <ul className="members">
        {different.slice(0, MEMBERS).map((one) => (
          <li key={one.id}>
            <a href={`/comments/letters/${one.letter}?o=${one.mark}`}>{one.name}</a>{" "}
            {one.group !== null && one.group === first.group && <Status look="done">まとめ済み</Status>}
            {one.group !== null && one.group !== first.group && (
              <span className="sub">No.{book.groupOf.get(one.group)?.number}</span>
            )}
            <Difference before={first.text} after={one.text} />
          </li>
        ))}
      </ul>
      {different.length > MEMBERS && <p className="sub">ほか{different.length - MEMBERS}件</p>}
    </Section>
  );
}

function Difference({ before, after }: { before: string; after: string }) {
  return (
    <p className="differs">
      <DiffPieces pieces={diffText(clip(before), clip(after))} same={middle} />
    </p>
  );
}

/** 同じ所が長ければ、前後の16字だけ。 */
function middle(text: string): string {
  const points = [...text];
  return points.length > 44 ? `${points.slice(0, 16).join("")}…${points.slice(-16).join("")}` : text;
}

function clip(text: string): string {
  return [...text].length > 400 ? `${[...text].slice(0, 400).join("")}…` : text;
}
