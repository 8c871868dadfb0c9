import type { ReactNode } from "react";

/** 画面の頭: どこにいるか、いま言えることの一文、日付か行い。 */
export function PageHead(props: {
  crumb: ReactNode;
  title: ReactNode;
  /** 例: "令和7年9月17日（水）"。 */
  date?: string | undefined;
  /** 日付の下の補い。例: "第二期 開設4日目・13:40現在"。 */
  now?: ReactNode;
  /** 日付の代わりに置くボタン。 */
  actions?: ReactNode;
}) {
  const { crumb, title, date, now, actions } = props;
  return (
    <header className="head">
      <div>
        <p className="crumb">{crumb}</p>
        <h1 className="headline">{title}</h1>
      </div>
      {date !== undefined && (
        <p className="now">
          <b>{date}</b>
          {now !== undefined && (
            <>
              <br />
              <span className="sub">{now}</span>
            </>
          )}
        </p>
      )}
      {actions !== undefined && <div className="acts noprint">{actions}</div>}
    </header>
  );
}

/** 区切りの見出し。end は右端のリンクか言葉。 */
export function Section(props: {
  id: string;
  title: ReactNode;
  sub?: ReactNode;
  end?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}) {
  const { id, title, sub, end, className, children } = props;
  return (
    <section aria-labelledby={id} className={className}>
      <div className="sec-h">
        <h2 id={id}>{title}</h2>
        {sub !== undefined && <span className="sub">{sub}</span>}
        {end !== undefined && <span className="end">{end}</span>}
      </div>
      {children}
    </section>
  );
}
