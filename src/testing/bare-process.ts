// 停電の模擬が効いていることを確かめるための対照。synchronous を渡されたとおりにして、一行ずつ書き続ける。
import { writeSync } from "node:fs";
import Sqlite from "better-sqlite3-multiple-ciphers";

const [file = "", synchronous = "NORMAL"] = process.argv.slice(2);
const db = new Sqlite(file);
db.pragma("journal_mode=WAL");
db.pragma(`synchronous=${synchronous}`);
db.exec("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY) STRICT");
const insert = db.prepare("INSERT INTO t VALUES (?)");
for (let id = 1; ; id += 1) {
  insert.run(id);
  writeSync(1, `${id}\n`);
}
