import { DeskForm, mayAnswer } from "./desk-form-panel.tsx";
import type { DeskOpinion, DeskSuggestion, OpinionDesk } from "./read-desk.ts";

/** 分類（五つの候補とわけ）、計画の部分、反映の区分、公表する要旨。 */
export function CodePanel({
  desk,
  csrf,
  opinion,
}: {
  desk: OpinionDesk;
  csrf: string;
  opinion: DeskOpinion;
}) {
  const fields = { o: opinion.mark };
  const here = `/comments/opinions/${opinion.id}`;
  return (
    <section aria-labelledby="o2" key={opinion.id}>
      <div className="sec-h">
        <span className="tag">{opinion.mark}</span>
        <h2 id="o2">分類</h2>
        <span className="end sub">1–5のキーで選ぶ</span>
      </div>
      <DeskForm action={`${here}/code`} csrf={csrf} fields={fields} id="code-form">
        <fieldset disabled={!desk.may.work}>
          <legend className="vh">分類</legend>
          <ul className="sug">
            {choicesOf(desk, opinion).map((one, at) => (
              <li key={one.code}>
                <input
                  type="radio"
                  name="code"
                  id={`code-${at + 1}`}
                  value={one.code}
                  data-key={String(at + 1)}
                  defaultChecked={one.code === opinion.code}
                  aria-describedby={`why-${at + 1}`}
                />
                <label htmlFor={`code-${at + 1}`}>
                  {one.code} {one.title}
                </label>
                <span className="fit">{one.fit}</span>
                <span className="why" id={`why-${at + 1}`}>
                  {one.why}
                </span>
              </li>
            ))}
          </ul>
          <button className="btn plain-only" type="submit">
            分類を残す
          </button>
        </fieldset>
      </DeskForm>
      <div className="ops-two">
        <DeskForm action={`${here}/code`} csrf={csrf} fields={fields} className="auto">
          <label htmlFor="other-code">
            ほかの分類 <kbd>/</kbd>
          </label>
          <select id="other-code" name="code" defaultValue={opinion.code} disabled={!desk.may.work}>
            <option value="">まだ分類しない</option>
            {desk.frame.map(({ code, title }) => (
              <option key={code} value={code}>
                {code} {title}
              </option>
            ))}
          </select>
          <button className="btn plain-only" type="submit">
            残す
          </button>
        </DeskForm>
        {desk.blocks.length > 0 && (
          <DeskForm action={`${here}/code`} csrf={csrf} fields={fields} className="auto">
            <label htmlFor="block">素案の箇所</label>
            <select id="block" name="block" defaultValue={opinion.block} disabled={!desk.may.work}>
              <option value="">決めない</option>
              {desk.blocks.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
            <button className="btn plain-only" type="submit">
              残す
            </button>
          </DeskForm>
        )}
      </div>
      <Answer desk={desk} csrf={csrf} opinion={opinion} />
      <Also desk={desk} csrf={csrf} opinion={opinion} />
    </section>
  );
}

/** 二つめからの分類: 一つの意見がいくつもの施策に触れるとき。数えるのは、はじめの分類だけ。 */
function Also({ desk, csrf, opinion }: { desk: OpinionDesk; csrf: string; opinion: DeskOpinion }) {
  if (opinion.code === "") return null;
  const here = `/comments/opinions/${opinion.id}/code`;
  const taken = new Set([opinion.code, ...opinion.also.map(({ code }) => code)]);
  return (
    <div className="ops-two also">
      <DeskForm action={here} csrf={csrf} fields={{ o: opinion.mark }} className="auto">
        <label htmlFor="also-code">
          あわせて付ける分類 <kbd>+</kbd>
        </label>
        <select
          id="also-code"
          key={opinion.also.map(({ code }) => code).join(" ")}
          name="add"
          defaultValue=""
          disabled={!desk.may.work}
        >
          <option value="">足さない</option>
          {desk.frame
            .filter(({ code }) => !taken.has(code))
            .map(({ code, title }) => (
              <option key={code} value={code}>
                {code} {title}
              </option>
            ))}
        </select>
        <button className="btn plain-only" type="submit">
          足す
        </button>
      </DeskForm>
      {opinion.also.map(({ code, title }) => (
        <DeskForm key={code} action={here} csrf={csrf} fields={{ o: opinion.mark, drop: code }}>
          <span>
            {code} {title}
          </span>
          <button className="btn" type="submit" disabled={!desk.may.work} aria-label={`${code} を外す`}>
            外す
          </button>
        </DeskForm>
      ))}
    </div>
  );
}

/** 候補と、もう付いている分類。付いている分類が候補になければ、五つめをそれに替える。 */
function choicesOf(desk: OpinionDesk, { suggestions, code }: DeskOpinion): readonly DeskSuggestion[] {
  if (code === "" || suggestions.some((one) => one.code === code)) return suggestions;
  const title = desk.frame.find((one) => one.code === code)?.title ?? "";
  return [...suggestions.slice(0, 4), { code, title, fit: "", why: "ほかの分類から選びました" }];
}

function Answer({ desk, csrf, opinion }: { desk: OpinionDesk; csrf: string; opinion: DeskOpinion }) {
  const may = mayAnswer(desk, opinion);
  const here = `/comments/opinions/${opinion.id}/answer`;
  return (
    <>
      <DeskForm action={here} csrf={csrf} fields={{ o: opinion.mark }} className="auto ops-answer">
        <fieldset disabled={!may}>
          <legend className="label">反映の区分</legend>
          <div className="seg five">
            {desk.statuses.map(({ code, label, short }) => (
              <label key={code} htmlFor={`status-${code}`} title={`${code} ${label}`}>
                <input
                  type="radio"
                  name="status"
                  id={`status-${code}`}
                  value={code}
                  defaultChecked={code === opinion.status}
                />
                {short}
              </label>
            ))}
          </div>
          <button className="btn plain-only" type="submit">
            区分を残す
          </button>
        </fieldset>
      </DeskForm>
      <DeskForm action={here} csrf={csrf} fields={{ o: opinion.mark }} className="auto ops-answer">
        <label htmlFor="summary">公表する要旨</label>
        <textarea
          id="summary"
          name="summary"
          rows={2}
          maxLength={1000}
          defaultValue={opinion.summary}
          disabled={!may}
        />
        <button className="btn plain-only" type="submit">
          要旨を残す
        </button>
      </DeskForm>
      {opinion.group && (
        <p className="sub">
          <a href={`/comments/answers/${opinion.group.id}`}>答え No.{opinion.group.number}</a>
          {opinion.group.state === "asked" && "（部局に確認中なので、ここでは直せません）"}
        </p>
      )}
    </>
  );
}
