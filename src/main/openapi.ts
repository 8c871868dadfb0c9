import { z } from "zod";
import type { Route } from "../platform/route.ts";

type Json = Record<string, unknown>;

const errorSchema: Json = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "faults", "detail"],
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        faults: {
          type: "array",
          items: {
            type: "object",
            required: ["message"],
            properties: {
              field: { type: "string" },
              cell: { type: "string" },
              row: { type: "integer" },
              message: { type: "string" },
            },
          },
        },
        detail: { type: "object" },
      },
    },
  },
};

/** api の道から OpenAPI 3.1 の文書を作る。 */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes.filter(({ kind }) => kind === "api")) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "まどぐち", version: "1" },
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-madoguchi" },
        csrf: { type: "apiKey", in: "header", name: "X-CSRF-Token" },
      },
    },
  };
}

function operation(route: Route): Json {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
  const failure = { description: "行えなかった", content: media({ $ref: "#/components/schemas/Error" }) };
  return {
    operationId: route.id,
    summary: route.summary,
    security: [route.method === "GET" ? { session: [] } : { session: [], csrf: [] }],
    ...(names.length > 0
      ? {
          parameters: names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
        }
      : {}),
    ...(route.input
      ? { requestBody: { required: true, content: media(schemaOf(route.input, "input")) } }
      : {}),
    responses: {
      200: {
        description: "行えた",
        ...(route.output ? { content: media(schemaOf(route.output, "output")) } : {}),
      },
      default: failure,
    },
  };
}

function media(schema: Json): Json {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
}

/** GET /api/openapi.json。自分自身も載せる。 */
export function openApiRoute(routes: readonly Route[]): Route {
  const own: Route = {
    id: "openapi.document",
    method: "GET",
    path: "/api/openapi.json",
    kind: "api",
    summary: "この一覧（OpenAPI 3.1）",
    handle: (ask) => ask.reply(openApiDocument([...routes, own])),
  };
  return own;
}
