import { parseInput } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { minuteOf } from "../base/time.ts";
import { getPage, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { type AccessWindow, countAccess } from "./count-access.ts";
import {
  fieldsOf,
  freezeBody,
  incidentBody,
  momentOf,
  noteBody,
  peopleBody,
  preventBody,
  windowBody,
  withRefusals,
} from "./erasure-ask.ts";
import { emptyForm, type FormState } from "./erasure-flow-panel.tsx";
import type { ErasureHand } from "./erasure-hand.ts";
import { mayErasure } from "./erasure-right.ts";
import { AccessPage, IncidentPage } from "./incident-detail-page.tsx";
import { IncidentFormPage, IncidentListPage } from "./incident-page.tsx";
import { listIncidents, openIncident } from "./list-incidents.ts";
import { recordIncident } from "./record-incident.ts";
import {
  closeIncident,
  countIncident,
  freezeIncident,
  handlerByNumber,
  noteIncident,
  preventIncident,
  raiseIncident,
  reportIncident,
  stateIncidentPeople,
} from "./step-incident.ts";

const current = "incidents.page";
const title = "事故・兆候";

async function detailPage(ask: Ask, form: FormState): Promise<Response> {
  const open = await openIncident(ask.office, ask.actor, ask.param("id"));
  const may = (right: Parameters<typeof mayErasure>[0]) => mayErasure(right, ask.actor.roles);
  const body = <IncidentPage csrf={ask.seated.csrf} open={open} may={may} form={form} />;
  return ask.page({ title, current, status: form.said === undefined ? 200 : 422, body });
}

function formPage(ask: Ask, form: FormState): Promise<Response> {
  const values = { noticedDay: ask.today, noticedTime: minuteOf(ask.now), ...form.values };
  const body = <IncidentFormPage csrf={ask.seated.csrf} form={{ ...form, values }} />;
  return ask.page({ title, current, status: form.said === undefined ? 200 : 422, body });
}

/** 数える範囲の欄から。 */
export async function windowOf(
  ask: Ask,
  given: { fromDay: string; fromTime: string; toDay: string; toTime: string; handler: string },
): Promise<AccessWindow> {
  return {
    from: momentOf("from", given.fromDay, given.fromTime),
    to: momentOf("to", given.toDay, given.toTime),
    actor: await handlerByNumber(ask.office, ask.actor.contract, given.handler),
  };
}

async function act(ask: Ask, said: string, verb: (form: Record<string, string>) => Promise<unknown>) {
  const values = await fieldsOf(ask);
  return withRefusals(
    async () => {
      await verb(values);
      return ask.go(`/incidents/${ask.param("id")}`, said);
    },
    (faults, message) => detailPage(ask, { values, faults, said: message }),
  );
}

/** 事故の道。 */
export function incidentRoutes(hand: Pick<ErasureHand, "labelOf">): Route[] {
  const at = (verb: string) => `/incidents/:id/${verb}`;
  const own = (ask: Ask) => [ask.office, ask.actor, ask.param("id")] as const;
  return [
    getPage("incidents.page", "/incidents", "事故と兆候の一覧", async (ask) =>
      ask.page({
        ...{ title, current },
        body: <IncidentListPage incidents={await listIncidents(ask.office, ask.actor)} />,
      }),
    ),
    getPage("incident.new", "/incidents/new", "気づいたことを記録する画面", (ask) =>
      formPage(ask, emptyForm),
    ),
    getPage("incident.page", "/incidents/:id", "事故の一件", (ask) => detailPage(ask, emptyForm)),
    getPage("incident.access", at("access"), "件数のもとの記録", async (ask) => {
      const { incident } = await openIncident(...own(ask));
      if (incident.counted === null) throw new AppError("NOT_FOUND", "件数は、まだ数えていません。");
      const window = JSON.parse(incident.counted) as AccessWindow;
      const counted = await countAccess(ask.office, ask.actor.contract, window);
      const labelOf = (kind: string) => hand.labelOf(kind) ?? kind;
      const body = <AccessPage incident={incident} counted={counted} labelOf={labelOf} />;
      return ask.page({ title, current, body });
    }),
    postPage("incident.record", "/incidents", "事故・兆候を記録する", async (ask) => {
      const values = await fieldsOf(ask);
      return withRefusals(
        async () => {
          const { noticedDay, noticedTime, ...given } = parseInput(incidentBody, values);
          const noticedAt = momentOf("noticed", noticedDay, noticedTime);
          const { id } = await recordIncident(ask.office, ask.actor, { ...given, noticedAt });
          return ask.go(`/incidents/${id}`, "記録しました。責任者の仕事に載りました。");
        },
        (faults, said) => formPage(ask, { values, faults, said }),
      );
    }),
    postPage("incident.note", at("note"), "経過を残す", (ask) =>
      act(ask, "経過を残しました。", (form) => {
        const { step, note } = parseInput(noteBody, form);
        return noteIncident(...own(ask), step, note);
      }),
    ),
    postPage("incident.raise", at("raise"), "委託者への報告に上げる", (ask) =>
      act(ask, "委託者への報告に上げました。", () => raiseIncident(...own(ask))),
    ),
    postPage("incident.freeze", at("freeze"), "証拠を保全する・解く", (ask) =>
      act(ask, "証拠の保全を改めました。", (form) =>
        freezeIncident(...own(ask), parseInput(freezeBody, form).on === "1"),
      ),
    ),
    postPage("incident.count", at("count"), "件数を記録から数える", (ask) =>
      act(ask, "件数を数えて残しました。", async (form) =>
        countIncident(...own(ask), await windowOf(ask, parseInput(windowBody, form))),
      ),
    ),
    postPage("incident.people", at("people"), "現物などで確かめた件数を残す", (ask) =>
      act(ask, "確かめた件数を残しました。", (form) =>
        stateIncidentPeople(...own(ask), parseInput(peopleBody, form)),
      ),
    ),
    postPage("incident.prevent", at("prevent"), "原因と再発防止を残す", (ask) =>
      act(ask, "原因と再発防止を残しました。", (form) =>
        preventIncident(...own(ask), parseInput(preventBody, form)),
      ),
    ),
    postPage("incident.report", at("report"), "事故報告書の下書きを作る", (ask) =>
      act(ask, "事故報告書の下書きを作りました。協議・届出の画面から、直ちに提出してください。", () =>
        reportIncident(...own(ask)),
      ),
    ),
    postPage("incident.close", at("close"), "対応を終える", (ask) =>
      act(ask, "対応を終えました。", () => closeIncident(...own(ask))),
    ),
  ];
}
