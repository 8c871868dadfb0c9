import { dayOf, type Instant } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import { formLabels } from "./answer-form-document.ts";
import type { OpenPackage } from "./make-package.ts";
import { writtenMoment } from "./review-package.ts";

/** 紙の回答書。委託者の方が印をつけて書き、確認番号といっしょに打ち込む。 */
export function AnswerPaper({ id, open, now }: { id: string; open: OpenPackage; now: Instant }) {
  const { manifest, code, hash } = open;
  return (
    <PaperScreen
      title={`回答書　${manifest.document}`}
      about="A4・委託者の方が書いて返す紙"
      backHref={`/filings/${id}/package`}
    >
      <Paper
        to={[`${manifest.contractor}　様`]}
        from={[manifest.client, manifest.clientUnit]}
        date="令和　　年　　月　　日"
        title="回答書"
        {...(manifest.clause === "" ? {} : { clause: `業務仕様書 ${manifest.clause}` })}
        facts={[
          { name: "業務名", value: manifest.work },
          { name: "文書番号", value: `${manifest.document}（第${manifest.version}版）` },
          { name: "件名", value: `${manifest.formTitle}　${manifest.title}` },
          { name: "提出", value: writtenMoment(manifest.submittedAt) },
          { name: formLabels.code, value: <b>{code}</b> },
        ]}
        demo={manifest.demo}
        long={manifest.items.reduce((sum, one) => sum + one.value.length, 0) > 500}
        foot={{
          check: code,
          note: (
            <>
              一式の照合値　{hash.slice(0, 32)}
              <br />
              {formatWareki(dayOf(now))} 印刷
            </>
          ),
        }}
      >
        <h2>回答</h2>
        <table className="grid heads">
          <tbody>
            <tr>
              <th scope="row">{formLabels.outcome}</th>
              <td>{manifest.outcomes.map(({ label }) => `□ ${label}`).join("　　")}</td>
            </tr>
            <tr>
              <th scope="row">{formLabels.words}</th>
              <td className="pre">{"\n\n\n\n"}</td>
            </tr>
            <tr>
              <th scope="row">{formLabels.officer}</th>
              <td className="pre">{"\n"}</td>
            </tr>
          </tbody>
        </table>
        <h2>文書の内容</h2>
        <table className="grid heads">
          <tbody>
            {manifest.items.map(({ label, value }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="pre">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Paper>
    </PaperScreen>
  );
}
