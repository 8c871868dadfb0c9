import { AppError } from "../base/error.ts";
import { getApi, postApi } from "../platform/make-route.ts";
import type { Route } from "../platform/route.ts";
import { accountCopy, certifyErasure, reportErasure } from "./certify-erasure.ts";
import {
  copyBody,
  incidentBody,
  momentOf,
  peopleBody,
  planBody,
  selectionOf,
  soughtBody,
  windowBody,
} from "./erasure-ask.ts";
import type { ErasureHand } from "./erasure-hand.ts";
import { refuseRight } from "./erasure-right.ts";
import { windowOf } from "./incident-routes.tsx";
import { listIncidents, openIncident } from "./list-incidents.ts";
import { listPersonalData } from "./list-personal-data.ts";
import { listRecordings } from "./list-recordings.ts";
import { listErasures, openErasure } from "./open-erasure.ts";
import { findPerson } from "./pick-person.ts";
import { planErasure } from "./plan-erasure.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { monthFields, prepareMonth, readMonth, readMonthRows } from "./read-month.ts";
import { recordIncident } from "./record-incident.ts";
import { requestErasure } from "./request-erasure.ts";
import { runDrill } from "./run-drill.ts";
import { runErasure } from "./run-erasure.ts";
import { countIncident, reportIncident, stateIncidentPeople } from "./step-incident.ts";

/** 消去・事故・月次報告・訓練の JSON の道。 */
export function erasureApiRoutes(hand: ErasureHand): Route[] {
  return [...erasureApi(hand), ...incidentApi(), ...monthApi(hand)];
}

function erasureApi(hand: ErasureHand): Route[] {
  return [
    getApi("erasures.api", "/api/erasures", "消去の一覧", async (ask) => {
      refuseRight("see", ask.actor);
      const erasures = await listErasures(ask.office, ask.actor.contract);
      return ask.reply({
        erasures: erasures.map(({ erasure, facts, stateText }) => ({
          ...{ id: erasure.id, number: erasure.number, scope: erasure.scope, label: erasure.label },
          ...{ state: erasure.state, stateText, openCopies: facts.openCopies },
        })),
      });
    }),
    getApi("personal-data.api", "/api/personal-data", "個人情報がどこに何件あるか", async (ask) => {
      refuseRight("see", ask.actor);
      const [places, recordings] = await Promise.all([
        listPersonalData(ask.office, ask.actor.contract),
        listRecordings(ask.office, ask.actor.contract),
      ]);
      return ask.reply({ places, recordings });
    }),
    getApi("checkpoint.api", "/api/checkpoint", "日次報告に刷る検査点と QR", async (ask) => {
      const point = await readCheckpoint(ask.office);
      if (!point) throw new AppError("NOT_FOUND", "記録の検査点は、まだありません。");
      return ask.reply(point);
    }),
    getApi("erasure.api", "/api/erasures/:id", "消去の一件", async (ask) => {
      refuseRight("see", ask.actor);
      const open = await openErasure(ask.office, ask.actor.contract, ask.param("id"));
      const { erasure, facts, stateText, counts, copies, parts, recordings, certificates } = open;
      const certificate: unknown = certificates[0] ? JSON.parse(certificates[0].body) : null;
      return ask.reply({ ...erasure, counts, facts, stateText, copies, parts, recordings, certificate });
    }),
    postApi(
      "erasure.find.api",
      "/api/erasures/find",
      "申し出た方の文書（意見書、委員）を、氏名か連絡先で探す",
      soughtBody,
      async (ask) =>
        ask.reply({
          hits: await findPerson(ask.office, ask.actor, await ask.json(soughtBody), hand.holders),
        }),
    ),
    postApi("erasure.plan.api", "/api/erasures", "消去の範囲を決める", planBody, async (ask) => {
      const given = await ask.json(planBody);
      const { plannedDay, witnessAsked } = given;
      const selection = selectionOf(given);
      return ask.reply(
        await planErasure(ask.office, ask.actor, { selection, plannedDay, witnessAsked }, hand.holders),
        201,
      );
    }),
    postApi(
      "erasure.request.api",
      "/api/erasures/:id/request",
      "申請の下書きを作る",
      undefined,
      async (ask) => ask.reply(await requestErasure(ask.office, ask.actor, ask.param("id"))),
    ),
    postApi(
      "erasure.run.api",
      "/api/erasures/:id/run",
      "承諾された消去を行う",
      undefined,
      async (ask) =>
        ask.reply(await runErasure(ask.office, ask.actor, ask.param("id"), undefined, hand.holders)),
      { stepUp: true },
    ),
    postApi("erasure.copy.api", "/api/erasures/:id/copies", "控えの始末を残す", copyBody, async (ask) => {
      await accountCopy(ask.office, ask.actor, ask.param("id"), await ask.json(copyBody));
      return ask.reply({ ok: true });
    }),
    postApi("erasure.certify.api", "/api/erasures/:id/certify", "証明書を作る", undefined, async (ask) =>
      ask.reply(await certifyErasure(ask.office, ask.actor, ask.param("id"))),
    ),
    postApi("erasure.report.api", "/api/erasures/:id/report", "報告の下書きを作る", undefined, async (ask) =>
      ask.reply(await reportErasure(ask.office, ask.actor, ask.param("id"))),
    ),
  ];
}

function incidentApi(): Route[] {
  return [
    getApi("incidents.api", "/api/incidents", "事故と兆候の一覧", async (ask) =>
      ask.reply({ incidents: await listIncidents(ask.office, ask.actor) }),
    ),
    getApi("incident.api", "/api/incidents/:id", "事故の一件", async (ask) => {
      const { incident, steps, city } = await openIncident(ask.office, ask.actor, ask.param("id"));
      return ask.reply({ ...incident, steps, city });
    }),
    postApi("incident.record.api", "/api/incidents", "事故・兆候を記録する", incidentBody, async (ask) => {
      const { noticedDay, noticedTime, ...given } = await ask.json(incidentBody);
      const noticedAt = momentOf("noticed", noticedDay, noticedTime);
      return ask.reply(await recordIncident(ask.office, ask.actor, { ...given, noticedAt }), 201);
    }),
    postApi(
      "incident.count.api",
      "/api/incidents/:id/count",
      "件数を記録から数える",
      windowBody,
      async (ask) => {
        const window = await windowOf(ask, await ask.json(windowBody));
        return ask.reply(await countIncident(ask.office, ask.actor, ask.param("id"), window));
      },
    ),
    postApi(
      "incident.people.api",
      "/api/incidents/:id/people",
      "現物などで確かめた件数を残す",
      peopleBody,
      async (ask) => {
        await stateIncidentPeople(ask.office, ask.actor, ask.param("id"), await ask.json(peopleBody));
        return ask.reply({ state: "stated" });
      },
    ),
    postApi(
      "incident.report.api",
      "/api/incidents/:id/report",
      "事故報告書の下書きを作る",
      undefined,
      async (ask) => ask.reply(await reportIncident(ask.office, ask.actor, ask.param("id"))),
    ),
  ];
}

function monthApi(hand: ErasureHand): Route[] {
  return [
    getApi("privacy-month.api", "/api/privacy-months/:month", "一つの月の取扱状況", async (ask) => {
      refuseRight("see", ask.actor);
      const open = await readMonth(ask.office, ask.actor.contract, ask.param("month"));
      return ask.reply({
        ...{ month: open.month, over: open.over, filing: open.filing?.id ?? null, fields: monthFields(open) },
        figures: open.values.map(({ figure, value }) => ({ key: figure.key, label: figure.label, value })),
      });
    }),
    getApi(
      "privacy-month.rows.api",
      "/api/privacy-months/:month/:key",
      "一つの数のもとの記録",
      async (ask) => {
        refuseRight("see", ask.actor);
        const { month, key } = { month: ask.param("month"), key: ask.param("key") };
        return ask.reply(await readMonthRows(ask.office, ask.actor.contract, month, key));
      },
    ),
    postApi(
      "privacy-month.prepare.api",
      "/api/privacy-months/:month/prepare",
      "様式１の下書きを作る",
      undefined,
      async (ask) => {
        const month = ask.param("month");
        const duty = await hand.monthDuty(ask.office, ask.actor.contract, month);
        return ask.reply(await prepareMonth(ask.office, ask.actor, month, duty));
      },
    ),
    postApi("privacy-drill.run.api", "/api/privacy-drill", "流出の訓練をする", undefined, async (ask) =>
      ask.reply(await runDrill(ask.office, ask.actor, hand)),
    ),
  ];
}
