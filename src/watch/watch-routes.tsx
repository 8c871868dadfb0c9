import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { alertAnswers } from "./alert-answer.ts";
import { answerAlert } from "./answer-alert.ts";
import { AuditPage } from "./audit-page.tsx";
import { drawSample } from "./draw-sample.ts";
import { listAlerts } from "./list-alerts.ts";
import { packEvidence } from "./pack-evidence.ts";
import { SAMPLE_USUAL } from "./sample.ts";
import { WatchPage } from "./watch-page.tsx";
import { mayAnswer, refuseAudit } from "./watch-right.ts";

const watchId = "watch.page";
const auditId = "audit.page";
const answerBody = z.object({ answer: z.enum(alertAnswers) });
const packBody = z.object({
  seed: z.string().max(200).default(""),
  count: z.coerce.number().default(SAMPLE_USUAL),
});

export const watchMenu: MenuEntry[] = [
  { routeId: watchId, label: "閲覧の見張り", icon: "alarm", href: "/watch" },
  { routeId: auditId, label: "監査の机", icon: "shield", href: "/audit" },
];

/** 閲覧の見張りと、監査の机の道。 */
export function watchRoutes({ labelOf }: { labelOf(kind: string): string | undefined }): Route[] {
  const label = (kind: string) => labelOf(kind) ?? kind;
  return [
    {
      ...{ id: watchId, method: "GET", path: "/watch", kind: "page" },
      summary: "大量の閲覧の知らせと、日ごとの表示の数",
      handle: (ask) => watchPage(ask),
    },
    {
      ...{ id: "watch.answer", method: "POST", path: "/watch/:id/answer", kind: "page" },
      summary: "大量の閲覧の知らせに答える",
      handle: async (ask) => {
        try {
          const { answer } = parseInput(answerBody, Object.fromEntries(await ask.form()));
          await answerAlert(ask.office, ask.actor, ask.param("id"), answer);
        } catch (cause) {
          if (!(cause instanceof AppError) || !["BAD_INPUT", "CONFLICT"].includes(cause.code)) throw cause;
          return watchPage(ask, cause.message);
        }
        return ask.go("/watch", "知らせに答えました。");
      },
    },
    {
      ...{ id: auditId, method: "GET", path: "/audit", kind: "page" },
      summary: "監査の机（予約・意見書の抜き取りと包含証明）",
      handle: (ask) => auditPage(ask, label),
    },
    {
      ...{ id: "audit.pack", method: "POST", path: "/audit/pack", kind: "page" },
      summary: "監査の証跡の一式（ZIP）を取り出す",
      handle: async (ask) => {
        const given = parseInput(packBody, Object.fromEntries(await ask.form()));
        const { fileName, bytes } = await packEvidence(ask.office, ask.actor, given);
        return ask.download({ fileName, media: "application/zip", bytes });
      },
    },
    ...apiRoutes(),
  ];
}

function apiRoutes(): Route[] {
  return [
    {
      ...{ id: "watch.api", method: "GET", path: "/api/watch", kind: "api" },
      summary: "大量の閲覧の知らせと、日ごとの表示の数",
      handle: async (ask) => ask.reply(await listAlerts(ask.office, ask.actor)),
    },
    {
      ...{ id: "watch.answer.api", method: "POST", path: "/api/watch/:id/answer", kind: "api" },
      ...{ summary: "大量の閲覧の知らせに答える", input: answerBody },
      handle: async (ask) => {
        const { answer } = await ask.json(answerBody);
        await answerAlert(ask.office, ask.actor, ask.param("id"), answer);
        return ask.reply({ answered: true });
      },
    },
    {
      ...{ id: "audit.sample.api", method: "GET", path: "/api/audit/sample", kind: "api" },
      summary: "予約・意見書の抜き取りと包含証明（?seed=&count=）",
      handle: async (ask) => ask.reply(await drawSample(ask.office, ask.actor, askedOf(ask).given)),
    },
    {
      ...{ id: "audit.pack.api", method: "POST", path: "/api/audit/pack", kind: "api" },
      ...{ summary: "監査の証跡の一式（ZIP）を取り出す", input: packBody },
      handle: async (ask) => {
        const { fileName, bytes } = await packEvidence(ask.office, ask.actor, await ask.json(packBody));
        return ask.download({ fileName, media: "application/zip", bytes });
      },
    },
  ];
}

async function watchPage(ask: Ask, said?: string): Promise<Response> {
  const watch = await listAlerts(ask.office, ask.actor);
  return ask.page({
    ...{ title: "閲覧の見張り", current: watchId, status: said === undefined ? 200 : 422 },
    body: (
      <WatchPage
        watch={watch}
        csrf={ask.seated.csrf}
        me={ask.actor.id}
        may={mayAnswer(ask.actor.roles)}
        said={said}
      />
    ),
  });
}

/** 打ったままの言葉と、読んだもの。種を言わなければ、その日の日付。 */
function askedOf(ask: Ask) {
  const asked = {
    seed: ask.query("seed") ?? ask.today,
    count: (ask.query("count") ?? String(SAMPLE_USUAL)).normalize("NFKC").trim(),
  };
  return {
    asked,
    given: { seed: asked.seed, count: /^\d{1,4}$/.test(asked.count) ? Number(asked.count) : 0 },
  };
}

async function auditPage(ask: Ask, labelOf: (kind: string) => string): Promise<Response> {
  refuseAudit(ask.actor);
  const { asked, given } = askedOf(ask);
  const draw = (sample: Awaited<ReturnType<typeof drawSample>> | undefined, faults: Map<string, string>) =>
    ask.page({
      ...{ title: "監査の机", current: auditId, status: sample ? 200 : 422 },
      body: <AuditPage {...{ sample, asked, faults, labelOf }} csrf={ask.seated.csrf} />,
    });
  try {
    return await draw(await drawSample(ask.office, ask.actor, given), new Map());
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return draw(undefined, new Map(cause.faults.map(({ field, message }) => [field ?? "seed", message])));
  }
}
