import { changePassword } from "../access/change-password.ts";
import { chooseContract, myContracts } from "../access/choose-contract.ts";
import { enrolFactor, removeFactor, renewRecoveryCodes, resumeEnrolment } from "../access/enrol-factor.ts";
import { listMyDeeds } from "../access/list-deeds.ts";
import { factorSetting, openFactors, partyOf } from "../access/open-factors.ts";
import { roleTitle } from "../access/role.ts";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { openContract } from "../terms/open-contract.ts";
import { writeMoment } from "./entrance-setting.ts";
import { ContractsPage, MePage, NewFactorPage, RecoveryCodesPage } from "./me-page.tsx";
import { faultsByField, readCredential } from "./second-step.ts";
import { readKind } from "./setup-routes.tsx";

export interface MeSetting {
  /** 記録の種類の、画面での名（main が集めたもの）。知らない種類なら undefined。 */
  labelOf(kind: string): string | undefined;
}

/** 自分の登録と、業務（契約）を選ぶ道。 */
export function meRoutes(setting: MeSetting): Route[] {
  return [
    {
      id: "me.page",
      method: "GET",
      path: "/me",
      kind: "page",
      summary: "自分の登録",
      handle: (ask) => mePage(setting, ask, {}),
    },
    {
      id: "me.password",
      method: "POST",
      path: "/me/password",
      kind: "page",
      summary: "自分のパスワードを替える",
      handle: (ask) => setPassword(setting, ask),
    },
    {
      id: "me.factor.new",
      method: "GET",
      path: "/me/factors/new",
      kind: "page",
      summary: "確かめ方を登録する画面",
      stepUp: true,
      handle: (ask) => factorPage(ask, ask.query("kind"), undefined),
    },
    {
      id: "me.factor.add",
      method: "POST",
      path: "/me/factors",
      kind: "page",
      summary: "確かめ方を登録する",
      stepUp: true,
      handle: (ask) => addFactor(ask),
    },
    {
      id: "me.factor.remove",
      method: "POST",
      path: "/me/factors/:id/remove",
      kind: "page",
      summary: "確かめ方を外す",
      stepUp: true,
      handle: async (ask) => {
        await removeFactor(ask.office, ask.actor, ask.param("id"));
        return ask.go("/me", "確かめ方を一つ外しました。");
      },
    },
    {
      id: "me.recovery",
      method: "POST",
      path: "/me/recovery-codes",
      kind: "page",
      summary: "回復の符号を出し直す",
      stepUp: true,
      handle: async (ask) => {
        const codes = await renewRecoveryCodes(ask.office, ask.actor);
        return ask.page({
          title: "回復の符号",
          current: "me.page",
          body: <RecoveryCodesPage codes={codes} />,
        });
      },
    },
    ...contractRoutes(),
  ];
}

async function mePage(setting: MeSetting, ask: Ask, errors: Record<string, string>): Promise<Response> {
  const { office, actor, seated } = ask;
  const factors = await openFactors(office, actor.id);
  const deeds = await listMyDeeds(office, actor, 50);
  const body = (
    <MePage
      csrf={seated.csrf}
      number={seated.number}
      name={seated.name}
      roles={roleTitle(actor.roles)}
      factors={factors.map(({ row }) => ({
        id: row.id,
        kind: row.kind,
        label: row.label,
        added: writeMoment(row.created_at),
        used: row.used_at === null ? "まだ" : writeMoment(row.used_at),
      }))}
      deeds={deeds.map((deed) => ({
        id: deed.id,
        at: writeMoment(deed.at),
        label: setting.labelOf(deed.kind) ?? deed.kind,
      }))}
      errors={errors}
    />
  );
  const status = Object.keys(errors).length === 0 ? 200 : 422;
  return ask.page({ title: "自分の登録", current: "me.page", body, status });
}

async function setPassword(setting: MeSetting, ask: Ask): Promise<Response> {
  const form = await ask.form();
  const given = {
    current: form.get("current") ?? "",
    next: form.get("next") ?? "",
    again: form.get("again") ?? "",
  };
  try {
    await changePassword(ask.office, ask.actor, given, ask.seated.csrf);
  } catch (cause) {
    return mePage(setting, ask, faultsByField(cause));
  }
  return ask.go("/me", "パスワードを替えました。ほかの端末の着席は終わりました。");
}

/**
 * いま開いている場所での決まり。Host と Origin の名は、入り口で確かめてある。
 * 投稿では Origin が https かどうかも言う。問いを出すだけの画面では、どちらでも同じ問いになる。
 */
function settingOf(ask: Ask) {
  const origin = ask.header("origin") ?? "";
  const host = ask.header("host") ?? "localhost";
  const isLoopback = /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host);
  const secure = origin.startsWith("https:") || (!origin.startsWith("http:") && !isLoopback);
  return factorSetting(ask.office, partyOf(host, secure));
}

async function addFactor(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const state = form.get("state") ?? "";
  const answer = { text: form.get("code") ?? "", credential: readCredential(form.get("credential")) };
  try {
    const given = { state, answer, label: form.get("label") };
    await enrolFactor(ask.office, ask.actor, given, await settingOf(ask));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return factorPage(ask, form.get("kind"), { message: cause.message, state });
  }
  return ask.go("/me", "確かめ方を登録しました。次の着席から使えます。");
}

async function factorPage(
  ask: Ask,
  kindName: string | undefined,
  failed: { message: string; state: string } | undefined,
): Promise<Response> {
  const given = { kind: readKind(kindName), state: failed?.state ?? "" };
  const started = await resumeEnrolment(
    ask.office,
    ask.actor,
    ask.seated.number,
    given,
    await settingOf(ask),
  );
  const body = (
    <NewFactorPage {...started} action="/me/factors" csrf={ask.seated.csrf} error={failed?.message} />
  );
  const status = failed === undefined ? 200 : 422;
  return ask.page({ title: "確かめ方を登録する", current: "me.page", body, islands: ["passkey"], status });
}

function contractRoutes(): Route[] {
  return [
    {
      id: "contracts.page",
      method: "GET",
      path: "/contracts",
      kind: "page",
      summary: "業務（契約）を選ぶ画面",
      handle: async (ask) => {
        const ids = await myContracts(ask.office, ask.actor.id);
        const contracts = await Promise.all(
          ids.map(async (id) => {
            const contract = await openContract(ask.office, id).catch(() => undefined);
            const current = id === ask.actor.contract;
            return { id, title: contract?.title ?? id, client: contract?.client ?? "", current };
          }),
        );
        return ask.page({
          title: "業務を選ぶ",
          body: <ContractsPage csrf={ask.seated.csrf} contracts={contracts} />,
        });
      },
    },
    {
      id: "contracts.choose",
      method: "POST",
      path: "/contracts/:id",
      kind: "page",
      summary: "業務（契約）を替える",
      handle: async (ask) => {
        await chooseContract(ask.office, ask.seated, ask.param("id"));
        return ask.go("/", "業務を替えました。");
      },
    },
  ];
}
