export interface DemoAccount {
  /** 従業者番号。 */
  number: string;
  /** "SV"。 */
  role: string;
  password: string;
  /** いまの確認コード。 */
  code: string;
  /** その番号を入れた着席の画面。 */
  href: string;
}

/** デモの事務所だけに出す、作りものの人の一覧。本番の事務所では決して描かれない。 */
export function DemoAccountPanel({
  accounts,
  validFor,
}: {
  accounts: readonly DemoAccount[];
  validFor: number;
}) {
  return (
    <section className="demo-accounts" aria-labelledby="demo-accounts">
      <div className="row wrap">
        <h2 id="demo-accounts" className="demo-head">
          <b>デモ</b> だれとして着席しますか
        </h2>
        <span className="sub">架空の従業者。コードはあと{validFor}秒で替わります。</span>
      </div>
      <table className="tbl tight">
        <thead>
          <tr>
            <th scope="col">従業者番号</th>
            <th scope="col">役割</th>
            <th scope="col">パスワード</th>
            <th scope="col">確認コード</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.number}>
              <th scope="row">
                <a href={account.href}>{account.number}</a>
              </th>
              <td>{account.role}</td>
              <td>
                <code>{account.password}</code>
              </td>
              <td>
                <code>{account.code}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
