import { parentPort, workerData } from "node:worker_threads";
import officeCrypto from "officecrypto-tool";

/** Office のファイルに AES-256（agile）のパスワードを付ける。一秒ほど計算し続けるので、窓口の外の糸で行う。 */
const { bytes, password } = workerData as { bytes: Uint8Array; password: string };
const made = officeCrypto.encrypt(Buffer.from(bytes), { password });
parentPort?.postMessage(new Uint8Array(made));
