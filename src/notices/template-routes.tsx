import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import type { Ask, Route } from "../platform/route.ts";
import type { Edition } from "./notice-card.ts";
import { mayAgree, proposeChange } from "./propose-change.ts";
import { keepTemplateDraft, registerTemplate } from "./register-template.ts";
import { TemplatePage, type TemplatePageProps } from "./template-page.tsx";

const editions: readonly { kind: Edition; label: string }[] = [
  { kind: "notice", label: "通常の版" },
  { kind: "notice-large", label: "大きな文字の版" },
];

async function page(ask: Ask, more: Partial<TemplatePageProps> = {}, status = 200): Promise<Response> {
  const rows = await Promise.all(
    editions.map(async ({ kind, label }) => ({
      label,
      row: await latestTemplate(ask.office.read, ask.actor.contract, kind),
    })),
  );
  const current = rows.flatMap(({ label, row }) =>
    row
      ? [
          {
            label,
            name: row.file_name,
            at: formatWareki(dayOf(row.created_at)),
            fields: `項目${(JSON.parse(row.fields) as string[]).length}個`,
          },
        ]
      : [],
  );
  const props = {
    csrf: ask.seated.csrf,
    current,
    error: undefined,
    draft: undefined,
    mayOwn: mayAgree(ask.actor),
    ...more,
  };
  return ask.page({
    title: "受講通知書の様式",
    current: "notice.list",
    status,
    body: <TemplatePage {...props} />,
  });
}

function editionIn(kind: string | undefined): Edition {
  return kind === "notice-large" ? "notice-large" : "notice";
}

async function upload(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (!file) return page(ask, { error: "Word のファイル（.docx）を選んでください。" }, 422);
  const kind = editionIn((await ask.form()).get("kind"));
  try {
    const { id, report } = await keepTemplateDraft(ask.office, ask.actor, file);
    return await page(ask, { draft: { id, kind, fileName: file.fileName, report } });
  } catch (cause) {
    if (!(cause instanceof AppError) || (cause.code !== "BAD_INPUT" && cause.code !== "TOO_LARGE"))
      throw cause;
    return page(ask, { error: cause.message }, 422);
  }
}

async function ownCard(ask: Ask): Promise<Response> {
  const direction = (await ask.form()).get("direction") === "vertical" ? "vertical" : "horizontal";
  const { number } = await proposeChange(ask.office, ask.actor, { kind: "own-card", direction });
  return ask.go(
    "/notices/agreed",
    `協議書（第${number}号）の下書きを作りました。委託者に申し入れ、回答があってから使い始めます。`,
  );
}

async function register(ask: Ask): Promise<Response> {
  const form = await ask.form();
  await registerTemplate(ask.office, ask.actor, form.get("draft") ?? "", editionIn(form.get("kind")));
  return ask.go("/notices", "様式を登録しました。次の印刷から使います。");
}

/** 様式の登録。 */
export const templateRoutes: Route[] = [
  {
    id: "notice.template.page",
    method: "GET",
    path: "/notices/template",
    kind: "page",
    summary: "受講通知書の様式",
    handle: (ask) => page(ask),
  },
  {
    id: "notice.template.upload",
    method: "POST",
    path: "/notices/template",
    kind: "page",
    summary: "様式を読み取る",
    bodyLimit: 20 * 1024 * 1024,
    handle: upload,
  },
  {
    id: "notice.template.register",
    method: "POST",
    path: "/notices/template/register",
    kind: "page",
    summary: "様式を登録する",
    handle: register,
  },
  {
    id: "notice.template.own",
    method: "POST",
    path: "/notices/template/own",
    kind: "page",
    summary: "まどぐちの標準のはがきを使うための、協議書の下書きを作る",
    handle: ownCard,
  },
];
