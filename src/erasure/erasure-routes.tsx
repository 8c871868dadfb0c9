import { nameHandlers } from "../access/name-handlers.ts";
import { parseInput } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { getFile, getPage, postPage } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import type { Certificate } from "./certificate.ts";
import { certificateDocument } from "./certificate-document.ts";
import { accountCopy, certifyErasure, readTombstoneFile, reportErasure } from "./certify-erasure.ts";
import {
  copyBody,
  fieldsOf,
  picksIn,
  planBody,
  selectionOf,
  soughtBody,
  withRefusals,
  witnessBody,
} from "./erasure-ask.ts";
import { ErasurePage } from "./erasure-detail-page.tsx";
import { emptyForm, type FormState } from "./erasure-flow-panel.tsx";
import { ErasureFormPage } from "./erasure-form-page.tsx";
import type { ErasureHand } from "./erasure-hand.ts";
import { ErasureListPage, PersonalDataPage } from "./erasure-page.tsx";
import { mayErasure, refuseRight } from "./erasure-right.ts";
import { listPersonalData } from "./list-personal-data.ts";
import { listRecordings } from "./list-recordings.ts";
import { listErasures, openErasure } from "./open-erasure.ts";
import type { PersonHit } from "./person-holder.ts";
import { findPerson } from "./pick-person.ts";
import { planErasure } from "./plan-erasure.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { cancelErasure, requestErasure, setWitness } from "./request-erasure.ts";
import { resumeErasures, runErasure } from "./run-erasure.ts";
import { verifierHtml } from "./verifier-document.ts";

const wordMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const current = "erasures.page";
const title = "個人情報の消去";

/** 左のメニュー。 */
export const erasureMenu: MenuEntry[] = [
  { routeId: current, label: "消去と証明書", icon: "x", href: "/erasures" },
  { routeId: "incidents.page", label: "事故・兆候", icon: "alarm", href: "/incidents" },
  { routeId: "privacy-months.page", label: "月次報告", icon: "calendar", href: "/privacy-months" },
  { routeId: "privacy-drill.page", label: "流出の訓練", icon: "shield", href: "/privacy-drill" },
];

async function listPage(ask: Ask): Promise<Response> {
  refuseRight("see", ask.actor);
  const [erasures, point] = await Promise.all([
    listErasures(ask.office, ask.actor.contract),
    readCheckpoint(ask.office),
  ]);
  const mayPlan = mayErasure("plan", ask.actor.roles);
  return ask.page({
    title,
    current,
    body: <ErasureListPage erasures={erasures} mayPlan={mayPlan} point={point} />,
  });
}

async function formPage(ask: Ask, form: FormState, hits?: readonly PersonHit[]): Promise<Response> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  const terms = blueprint.terms.map(({ label, deskFrom, deskTo }) => ({ label, from: deskFrom, to: deskTo }));
  const status = form.said === undefined ? 200 : 422;
  const body = <ErasureFormPage csrf={ask.seated.csrf} {...{ form, terms, hits }} />;
  return ask.page({ title, current, status, body });
}

async function detailPage(ask: Ask, form: FormState): Promise<Response> {
  refuseRight("see", ask.actor);
  const [open, names] = await Promise.all([
    openErasure(ask.office, ask.actor.contract, ask.param("id")),
    nameHandlers(ask.office, ask.actor.contract),
  ]);
  return ask.page({
    ...{ title, current, status: form.said === undefined ? 200 : 422 },
    body: (
      <ErasurePage
        csrf={ask.seated.csrf}
        open={open}
        may={(right) => mayErasure(right, ask.actor.roles)}
        mine={open.erasure.made_by === ask.actor.id}
        form={form}
        who={(id) => (id === null ? "" : id === "system" ? "自動" : (names.get(id)?.name ?? "異動した人"))}
      />
    ),
  });
}

/** 行って、済んだら一件の画面へ戻る。断られたら、その画面で理由を言う。 */
async function act(ask: Ask, said: string, verb: (form: Record<string, string>) => Promise<unknown>) {
  const values = await fieldsOf(ask);
  return withRefusals(
    async () => {
      await verb(values);
      return ask.go(`/erasures/${ask.param("id")}`, said);
    },
    (faults, message) => detailPage(ask, { values, faults, said: message }),
  );
}

/** 消去の道。 */
export function erasureRoutes(hand: ErasureHand): Route[] {
  return [...readRoutes(), ...writeRoutes(hand)];
}

async function latest(ask: Ask): Promise<Certificate> {
  refuseRight("see", ask.actor);
  const { certificates } = await openErasure(ask.office, ask.actor.contract, ask.param("id"));
  const [one] = certificates;
  if (!one) throw new AppError("NOT_FOUND", "証明書はまだ作られていません。");
  return JSON.parse(one.body) as Certificate;
}

function readRoutes(): Route[] {
  const text = (words: string) => new Uint8Array(Buffer.from(words, "utf8"));
  return [
    getPage("erasures.page", "/erasures", "消去の一覧と、記録の検査点", listPage),
    getPage("erasure.new", "/erasures/new", "消去の範囲を決める画面", (ask) => formPage(ask, emptyForm)),
    getPage("personal-data.page", "/personal-data", "個人情報がどこに何件あるか", async (ask) => {
      refuseRight("see", ask.actor);
      const [places, recordings] = await Promise.all([
        listPersonalData(ask.office, ask.actor.contract),
        listRecordings(ask.office, ask.actor.contract),
      ]);
      const body = <PersonalDataPage {...{ places, recordings }} />;
      return ask.page({ title: "個人情報のある所", current, body });
    }),
    getFile("erasure.verifier", "/erasures/verifier.html", "記録と証明書を確かめる、一つの HTML", (ask) =>
      ask.download({
        fileName: "確かめる.html",
        media: "text/html; charset=utf-8",
        bytes: text(verifierHtml()),
      }),
    ),
    getFile("erasure.checkpoint", "/erasures/checkpoint.svg", "検査点の QR コード", async (ask) => {
      const point = await readCheckpoint(ask.office);
      if (!point) throw new AppError("NOT_FOUND", "記録の検査点は、まだありません。");
      return ask.inline({ media: "image/svg+xml", bytes: text(point.svg) });
    }),
    getPage("erasure.page", "/erasures/:id", "消去の一件", (ask) => detailPage(ask, emptyForm)),
    getFile(
      "erasure.certificate",
      "/erasures/:id/certificate.json",
      "証明書（署名つきの JSON）",
      async (ask) => {
        const one = await latest(ask);
        const bytes = text(`${JSON.stringify(one, null, 1)}\n`);
        return ask.download({ fileName: "消去証明書.json", media: "application/json", bytes });
      },
    ),
    getFile("erasure.certificate.word", "/erasures/:id/certificate.docx", "証明書（Word）", async (ask) =>
      ask.download({
        ...{ fileName: "消去証明書.docx", media: wordMedia },
        bytes: certificateDocument(await latest(ask)),
      }),
    ),
    getFile(
      "erasure.tombstones",
      "/erasures/:id/tombstones.json",
      "墓標（控えを戻すときに読ませる）",
      async (ask) =>
        ask.download({
          ...{ fileName: "墓標.json", media: "application/json" },
          bytes: text(await readTombstoneFile(ask.office, ask.actor, ask.param("id"))),
        }),
    ),
  ];
}

/** 一人の方の番号や文書を選んだまま、全部や期間を選んでいれば、思わぬ広さの申請になる。 */
function refuseMixed(values: Readonly<Record<string, string>>, picks: number): void {
  if (values.scope === "people" || ((values.numbers ?? "").trim() === "" && picks === 0)) return;
  const message =
    "受付番号や文書を選んでいます。「何を消すか」で「申出のあった方」を選ぶか、空にしてください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "numbers", message }] });
}

/** 断られたら、打ったまま、探した結果も出し直す。 */
async function planForm(ask: Ask, { holders }: ErasureHand): Promise<Response> {
  const values = await fieldsOf(ask);
  const picks = picksIn(values);
  return withRefusals(
    async () => {
      refuseMixed(values, picks.length);
      const given = parseInput(planBody, { ...values, picks });
      const { plannedDay, witnessAsked } = given;
      const selection = selectionOf(given);
      const { id } = await planErasure(
        ask.office,
        ask.actor,
        { selection, plannedDay, witnessAsked },
        holders,
      );
      return ask.go(`/erasures/${id}`, "範囲を決めました。次に、委託者に申請します。");
    },
    async (faults, said) => {
      const again =
        picks.length > 0
          ? await findPerson(ask.office, ask.actor, parseInput(soughtBody, values), holders)
          : undefined;
      return formPage(ask, { values, faults, said }, again);
    },
  );
}

function writeRoutes(hand: ErasureHand): Route[] {
  const at = (verb: string) => `/erasures/:id/${verb}`;
  return [
    postPage("erasure.find", "/erasures/find", "申し出た方の文書を探す", async (ask) => {
      const values = { ...(await fieldsOf(ask)), scope: "people" };
      return withRefusals(
        async () => {
          const sought = parseInput(soughtBody, values);
          return formPage(
            ask,
            { ...emptyForm, values },
            await findPerson(ask.office, ask.actor, sought, hand.holders),
          );
        },
        (faults, said) => formPage(ask, { values, faults, said }),
      );
    }),
    postPage("erasure.plan", "/erasures", "消去の範囲を決める", (ask) => planForm(ask, hand)),
    postPage("erasure.request", at("request"), "申請の下書きを作る", (ask) =>
      act(ask, "申請の下書きを作りました。協議・届出の画面から提出してください。", () =>
        requestErasure(ask.office, ask.actor, ask.param("id")),
      ),
    ),
    postPage("erasure.witness", at("witness"), "立会いを残す", (ask) =>
      act(ask, "立会いを残しました。", (form) =>
        setWitness(ask.office, ask.actor, ask.param("id"), parseInput(witnessBody, form).witness),
      ),
    ),
    postPage("erasure.cancel", at("cancel"), "消去を取りやめる", (ask) =>
      act(ask, "取りやめました。", () => cancelErasure(ask.office, ask.actor, ask.param("id"))),
    ),
    postPage(
      "erasure.run",
      at("run"),
      "承諾された消去を行う",
      (ask) =>
        act(ask, "消去しました。控えの始末を残し、証明書を作ってください。", () =>
          runErasure(ask.office, ask.actor, ask.param("id"), undefined, hand.holders),
        ),
      { stepUp: true },
    ),
    postPage("erasure.resume", at("resume"), "途中の消去を続ける", (ask) =>
      act(ask, "残りを続けました。", () => {
        refuseRight("run", ask.actor);
        return resumeErasures(ask.office, 0, hand.holders);
      }),
    ),
    postPage("erasure.copy", at("copies"), "控えの始末を残す", (ask) =>
      act(ask, "控えの始末を残しました。証明書の新しい版を作ってください。", (form) =>
        accountCopy(ask.office, ask.actor, ask.param("id"), parseInput(copyBody, form)),
      ),
    ),
    postPage("erasure.certify", at("certify"), "証明書を作る", (ask) =>
      act(ask, "証明書を作りました。", () => certifyErasure(ask.office, ask.actor, ask.param("id"))),
    ),
    postPage("erasure.report", at("report"), "消去の報告の下書きを作る", (ask) =>
      act(ask, "報告の下書きを作りました。協議・届出の画面から提出してください。", () =>
        reportErasure(ask.office, ask.actor, ask.param("id")),
      ),
    ),
  ];
}
