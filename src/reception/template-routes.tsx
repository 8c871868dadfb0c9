import { z } from "zod";
import { AppError } from "../base/error.ts";
import { type ClientTemplate, listTemplates } from "../platform/client-template-store.ts";
import type { Ask, Route } from "../platform/route.ts";
import {
  MAX_TEMPLATE_BYTES,
  previewTemplate,
  registerTemplate,
  reopenTemplate,
} from "./register-template.ts";
import { type TemplateLine, TemplatePage, TemplatePreviewPage } from "./template-page.tsx";

const UPLOAD_LIMIT = MAX_TEMPLATE_BYTES + 64 * 1024;
const registerBody = z.object({ token: z.string().min(1).max(64) });

async function templatePage(ask: Ask, fault?: string): Promise<Response> {
  const templates = await listTemplates(ask.office.read, ask.actor.contract, "booking-list");
  return ask.page({
    title: "委託者の様式",
    current: "lists.page",
    status: fault === undefined ? 200 : 422,
    body: <TemplatePage csrf={ask.seated.csrf} templates={templates.map(lineOf)} fault={fault} />,
  });
}

function lineOf({ id, file_name, created_at, fields }: ClientTemplate): TemplateLine {
  return { id, fileName: file_name, registeredAt: created_at, understood: understoodCount(fields) };
}

function understoodCount(fields: string): number {
  const parsed: unknown = JSON.parse(fields);
  return typeof parsed === "object" &&
    parsed !== null &&
    "understood" in parsed &&
    Array.isArray(parsed.understood)
    ? parsed.understood.length
    : 0;
}

async function upload(ask: Ask) {
  const file = await ask.file("file");
  if (!file) throw new AppError("BAD_INPUT", "様式のファイルを選んでください。");
  return previewTemplate(ask.office, ask.actor, file);
}

async function uploadByForm(ask: Ask): Promise<Response> {
  try {
    return ask.go(`/lists/template/${(await upload(ask)).token}`);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return templatePage(ask, cause.message);
  }
}

/** 委託者の様式の道。 */
export const templateRoutes: Route[] = [
  {
    id: "template.page",
    method: "GET",
    path: "/lists/template",
    kind: "page",
    summary: "委託者の様式",
    handle: (ask) => templatePage(ask),
  },
  {
    id: "template.upload",
    method: "POST",
    path: "/lists/template",
    kind: "page",
    summary: "様式を読んで確かめる",
    bodyLimit: UPLOAD_LIMIT,
    handle: uploadByForm,
  },
  {
    id: "template.preview",
    method: "GET",
    path: "/lists/template/:token",
    kind: "page",
    summary: "登録する前に、埋まる欄を見る",
    handle: async (ask) => {
      const preview = await reopenTemplate(ask.office, ask.actor, ask.param("token"));
      return ask.page({
        title: "委託者の様式",
        current: "lists.page",
        body: <TemplatePreviewPage csrf={ask.seated.csrf} preview={preview} />,
      });
    },
  },
  {
    id: "template.register",
    method: "POST",
    path: "/lists/template/:token",
    kind: "page",
    summary: "様式を登録する",
    handle: async (ask) => {
      await registerTemplate(ask.office, ask.actor, ask.param("token"));
      return ask.go("/lists", "様式を登録しました。これからの書き出しは、この様式で行います。");
    },
  },
  {
    id: "template.preview.api",
    method: "POST",
    path: "/api/templates/preview",
    kind: "api",
    summary: "様式（multipart の file）を読み、埋まる欄と埋まらない欄を返す",
    bodyLimit: UPLOAD_LIMIT,
    handle: async (ask) => ask.reply(await upload(ask)),
  },
  {
    id: "template.register.api",
    method: "POST",
    path: "/api/templates",
    kind: "api",
    summary: "読んだ様式を登録する",
    input: registerBody,
    handle: async (ask) => {
      const { token } = await ask.json(registerBody);
      const { id, file_name, created_at } = await registerTemplate(ask.office, ask.actor, token);
      return ask.reply({ id, fileName: file_name, createdAt: created_at }, 201);
    },
  },
];
