import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import type { FixField } from "./batch-view.ts";
import type { CardFace } from "./card-face.ts";
import { CardPanel } from "./card-panel.tsx";

interface Common {
  batchId: string;
  noticeId: string;
  number: string;
  /** 「1 / 6通」。 */
  position: string;
  face: CardFace;
  /** 絵についての一言（様式の絵を作っている、など）。 */
  pictureNote: string | undefined;
}

/** まだ選んでいない通（氏名を伏せる）。 */
interface MaskedCard extends Common {
  kind: "masked";
}

/** 選んだ通。 */
interface ShownCard extends Common {
  kind: "shown";
  csrf: string;
  exceptions: { title: string; detail: string }[];
  fixes: FixField[];
  /** 欄の誤り。 */
  errors: Readonly<Record<string, string>>;
  mayFix: boolean;
  mayApprove: boolean;
  mayExclude: boolean;
  state: string;
}

export type SelectedPanelProps = MaskedCard | ShownCard;

/** 一通の絵と、その場でできること。 */
export function SelectedPanel(props: SelectedPanelProps) {
  const { number, position, face, pictureNote, batchId, noticeId } = props;
  const picture = face.pictures[0];
  return (
    <Section
      id="n2"
      title={`受付番号 ${number}`}
      sub={position}
      end={picture && <a href={picture.href}>原寸で見る（100×148 mm）</a>}
    >
      <CardPanel face={face} />
      {pictureNote !== undefined && <p className="sub">{pictureNote}</p>}
      {props.kind === "masked" ? (
        <div className="row mt1">
          <LinkButton href={`/notices/${batchId}?n=${noticeId}`} look="second" size="tall" icon="eye">
            氏名と住所を表示する
          </LinkButton>
          <span className="sub">表示したことが記録されます</span>
        </div>
      ) : (
        <Shown {...props} />
      )}
    </Section>
  );
}

function Shown(props: ShownCard) {
  const { exceptions, mayFix, fixes, state } = props;
  return (
    <>
      {mayFix && fixes.length > 0 ? <FixForm {...props} /> : <PlainActs {...props} />}
      {/* 直す欄が画面の下に隠れないよう、幾つもある訳は欄のあとに並べる（どれも左の列に出ている）。 */}
      {exceptions.length > 1 && (
        <ul className="pile tight mt1">
          {exceptions.map((one) => (
            <li key={one.title}>
              <b>{one.title}</b>　<span className="sub">{one.detail}</span>
            </li>
          ))}
        </ul>
      )}
      {state !== "" && <p className="sub mt1">{state}</p>}
      {props.mayExclude && <ExcludeDialog {...props} />}
    </>
  );
}

function FixForm(props: ShownCard) {
  const { batchId, noticeId, csrf, fixes, errors, mayApprove, mayExclude } = props;
  // 今の内容が入った欄は、変えずに承認してもよい。
  const filled = fixes.every((fix) => fix.value !== "");
  const acts = (
    <>
      <Submit look="second" size="tall">
        {mayApprove ? (filled ? "この内容で承認" : "直して承認") : "直す"}
      </Submit>
      {mayExclude && <ExcludeLink {...props} />}
    </>
  );
  return (
    <form method="post" action={`/notices/${batchId}/cards/${noticeId}/correct`} className="mt1">
      <Csrf token={csrf} />
      {mayApprove && <input type="hidden" name="approve" value="1" />}
      <div className="fix">
        {fixes.map((fix) => (
          <TextField
            key={fix.name}
            id={`fix-${fix.name}`}
            name={fix.name}
            label={fix.label}
            defaultValue={fix.value}
            placeholder={fix.placeholder}
            error={errors[fix.name]}
            autoComplete="off"
          />
        ))}
        {fixes.length === 1 && acts}
      </div>
      {fixes.length > 1 && <div className="row mt1">{acts}</div>}
    </form>
  );
}

function PlainActs(props: ShownCard) {
  const { batchId, noticeId, csrf, mayApprove, mayExclude } = props;
  if (!mayApprove && !mayExclude) return null;
  return (
    <div className="row mt1">
      {mayApprove && (
        <form method="post" action={`/notices/${batchId}/approve`} className="grow">
          <Csrf token={csrf} />
          <input type="hidden" name="notice" value={noticeId} />
          <Submit look="second" size="tall" width="wide">
            このまま承認する
          </Submit>
        </form>
      )}
      {mayExclude && <ExcludeLink {...props} />}
    </div>
  );
}

function ExcludeLink({ batchId, noticeId }: ShownCard) {
  const href = `/notices/${batchId}/cards/${noticeId}/exclude`;
  return (
    <LinkButton href={href} size="tall" data-dialog="exclude-notice">
      この1通を外す
    </LinkButton>
  );
}

function ExcludeDialog({ batchId, noticeId, csrf, exceptions }: ShownCard) {
  return (
    <ConfirmDialog
      id="exclude-notice"
      {...excludeConfirmation(batchId, noticeId, csrf, exceptions[0]?.title)}
    />
  );
}

/** 外す確認（窓と、JavaScript のない画面とで同じもの）。 */
export function excludeConfirmation(
  batchId: string,
  noticeId: string,
  csrf: string,
  why: string | undefined,
) {
  return {
    title: "この1通を束から外しますか",
    consequence: "予約は残り、「これから作る」に戻ります。次の束で送れます。",
    action: `/notices/${batchId}/cards/${noticeId}/exclude`,
    csrf,
    confirm: "この1通を外す",
    fields: (
      <TextField
        id="exclude-reason"
        name="reason"
        label="外す理由"
        required
        maxLength={400}
        defaultValue={why === undefined ? "" : `${why}（確認中）`}
      />
    ),
  };
}
