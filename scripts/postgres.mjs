import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, chownSync, constants, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Plain } from "./dependencies.mjs";

/**
 * 試験のための PostgreSQL を、空いている番号で 127.0.0.1 に立てる。fsync は有効のまま（本番と同じ）。
 * root で動かしているときは postgres（なければ nobody）として動かす。
 * 返すのは接続先の URL と止め方。呼んだプロセスがどう終わっても、サーバーは一緒に止まる。
 */
export async function startPostgres(bin) {
  const owner = serverOwner();
  const directory = mkdtempSync(join(reachableTemporary(owner), "madoguchi-postgres-"));
  if (owner) chownSync(directory, owner.uid, owner.gid);
  try {
    const password = randomBytes(18).toString("hex");
    const data = initialise(bin, directory, owner, password);
    const port = await freePort();
    const server = launch(bin, data, port, owner);
    await ready(bin, port, server);
    return {
      url: `postgres://madoguchi:${password}@127.0.0.1:${port}/postgres`,
      pid: server.child.pid,
      stop: async () => {
        server.child.stdin.end();
        await server.ended;
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

function serverOwner() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const uid = identity("-u", name);
    const gid = identity("-g", name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Plain("PostgreSQL を動かす利用者（postgres か nobody）がこの機械にいません。");
}

function identity(flag, name) {
  try {
    return Number(
      execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return undefined;
  }
}

// 0700 のフォルダー（root の家など）の下では、別の利用者のサーバーはデータに届かない。
function reachableTemporary(owner) {
  const found = [tmpdir(), "/tmp", "/var/tmp"].find(
    (directory) => isWritable(directory) && (!owner || isOpen(directory)),
  );
  if (!found)
    throw new Plain("PostgreSQL のデータを置ける一時フォルダーがありません。TMPDIR をご確認ください。");
  return found;
}

function isWritable(directory) {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isOpen(directory) {
  if ((statSync(directory).mode & 0o001) === 0) return false;
  return dirname(directory) === directory || isOpen(dirname(directory));
}

function initialise(bin, directory, owner, password) {
  const secret = join(directory, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (owner) chownSync(secret, owner.uid, owner.gid);
  const data = join(directory, "data");
  const options = [
    "--auth=scram-sha-256",
    "--username=madoguchi",
    `--pwfile=${secret}`,
    "--encoding=UTF8",
    "--locale=C",
  ];
  try {
    execFileSync(join(bin, "initdb"), ["-D", data, ...options], {
      ...as(owner, directory),
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    throw new Plain(
      `PostgreSQL の準備（initdb）に失敗しました: ${String(error.stderr).trim().split("\n").at(-1)}`,
    );
  }
  rmSync(secret);
  return data;
}

function as(owner, directory) {
  return {
    ...owner,
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      MADOGUCHI_SCRATCH: directory,
      LC_ALL: "C.UTF-8",
      TZ: "UTC",
    },
  };
}

// 標準入力が閉じたら止めて片付ける番人のシェルに包む。試験が kill -9 で消えても、サーバーもデータも残らない。
const guard = [
  'exec 3<&0; "$@" </dev/null & server=$!',
  "(cat <&3 >/dev/null; kill -INT $server) & wait $server",
  'code=$?; cd /; rm -rf "$MADOGUCHI_SCRATCH"; exit $code',
].join("\n");

function launch(bin, data, port, owner) {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = ["-c", guard, "sh", join(bin, "postgres"), "-D", data, ...flags];
  const child = spawn("sh", command, {
    ...as(owner, dirname(data)),
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
  });
  const server = { child, log: "", ended: new Promise((resolve) => child.on("exit", resolve)) };
  child.stdin.on("error", () => {}); // 先に止まったサーバーへの end() は失敗してよい
  child.stderr.on("data", (text) => {
    server.log = (server.log + text).slice(-4_000);
  });
  return server;
}

async function ready(bin, port, server) {
  let over = false;
  server.ended.then(() => {
    over = true;
  });
  for (const deadline = Date.now() + 30_000; Date.now() < deadline && !over; await sleep(100)) {
    if (answers(bin, port)) return;
  }
  server.child.stdin.end();
  throw new Plain(`PostgreSQL が始まりませんでした:\n${server.log}`);
}

function answers(bin, port) {
  try {
    execFileSync(join(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
