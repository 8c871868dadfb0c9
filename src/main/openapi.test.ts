import { expect, test } from "vitest";
import { z } from "zod";
import type { Route } from "../platform/route.ts";
import { openApiDocument } from "./openapi.ts";
import { routes } from "./routes.ts";

test("JSON の道は、一つ残らず OpenAPI の一覧にある", () => {
  const { openapi, paths } = openApiDocument(routes) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  expect(openapi).toBe("3.1.0");
  const listed = Object.values(paths).flatMap((one) =>
    Object.values(one).map(({ operationId }) => operationId),
  );
  const api = routes.filter(({ kind }) => kind === "api").map(({ id }) => id);
  expect(api).toContain("openapi.document");
  expect(listed.sort()).toEqual(api.sort());
});

test("道の値と本文の形が書いてある", () => {
  const route: Route = {
    id: "x",
    method: "POST",
    path: "/api/things/:id",
    kind: "api",
    summary: "物を直す",
    input: z.strictObject({ n: z.int().min(1) }),
    handle: (ask) => ask.reply({}),
  };
  const document = openApiDocument([route]) as { paths: Record<string, { post: object }> };
  expect(document.paths["/api/things/{id}"]?.post).toMatchObject({
    parameters: [{ name: "id", in: "path", required: true }],
    requestBody: {
      content: {
        "application/json": {
          schema: { type: "object", required: ["n"], properties: { n: { minimum: 1 } } },
        },
      },
    },
    security: [{ session: [], csrf: [] }],
  });
});
