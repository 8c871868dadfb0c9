import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { serve } from "@hono/node-server";
import { AppError } from "../base/error.ts";

export interface Listening {
  port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
  tls?: { certificate: string; privateKey: string } | undefined;
}

/** 要求を fetch に渡す窓口を開く。封印中と開封後で fetch を差し替えられるように、毎回尋ねる。 */
export async function listen(
  fetch: () => (request: Request, env: object) => Response | Promise<Response>,
  options: ListenOptions,
): Promise<Listening> {
  await requireFreePort(options);
  const { tls } = options;
  const secure = tls && {
    createServer: createSecureServer,
    serverOptions: { cert: tls.certificate, key: tls.privateKey, minVersion: "TLSv1.3" as const },
  };
  return new Promise((resolve) => {
    const server = serve(
      {
        fetch: (request, env) => fetch()(request, env),
        hostname: options.host,
        port: options.port,
        ...secure,
      },
      (info: AddressInfo) =>
        resolve({
          port: info.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ("closeIdleConnections" in server) server.closeIdleConnections();
              // 開いたままの画面（空席を尋ね続ける席）を待ち続けない。
              setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), 1000).unref();
            }),
        }),
    );
  });
}

/** 番号が使われていれば、起動の途中で落ちるのではなく、先に一文で断る。 */
function requireFreePort({ host, port }: ListenOptions): Promise<void> {
  if (port === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (cause) => {
      const used = "code" in cause && cause.code === "EADDRINUSE";
      reject(
        new AppError(
          "REFUSED",
          used
            ? `${port}番は、ほかのプログラムが使っています。--port で別の番号を指定してください。`
            : `${host} の ${port}番を開けません。--host と --port を確かめてください。`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
