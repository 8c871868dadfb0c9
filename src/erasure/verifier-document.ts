import { createHash } from "node:crypto";
import { verifierScript } from "./verifier-script.ts";

const style = `
body{font-family:"BIZ UDPGothic","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.8;color:#1a1a1c;background:#fff}
h1{font-size:1.5rem}label{display:block;font-weight:700;margin-top:1rem}
input{font:inherit;padding:.5rem;border:1px solid #767676;border-radius:4px;width:100%;box-sizing:border-box}
input:focus-visible{outline:3px solid #0017c1;outline-offset:2px}
.ok,.bad{font-weight:700;border-left:6px solid;padding:.75rem 1rem}
.ok{border-color:#197a4b;background:#e6f5ec}.bad{border-color:#ec0000;background:#fdeeee}
table{border-collapse:collapse;width:100%}th,td{text-align:left;border-bottom:1px solid #ccc;padding:.4rem .5rem;vertical-align:top;overflow-wrap:anywhere}
th{width:12rem;font-weight:400;color:#4d4d4d}
`;

/** 記録と証明書を確かめる、それだけで働く一つの HTML。外とはつながらない（CSP で禁じる）。 */
export function verifierHtml(): string {
  const hash = (text: string) => createHash("sha256").update(text, "utf8").digest("base64");
  const policy = `default-src 'none'; script-src 'sha256-${hash(verifierScript)}'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>記録と消去の証明書を確かめる</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>記録と消去の証明書を確かめる</h1>
<p>このファイルだけで確かめます。インストールも通信もいりません。選んだファイルは、このブラウザーの外に出ません。</p>
<label for="file">記録（.jsonl）か、消去の証明書（.json）</label>
<input id="file" type="file">
<label for="number">紙の照合番号、または公開鍵の指紋（あれば）</label>
<input id="number" autocomplete="off" spellcheck="false" placeholder="7K2M-…">
<p>番号は、ファイルを選ぶ前に入れてください。日次報告に刷られた番号と比べると、丸ごと作り直されたものも見分けられます。</p>
<p id="progress" role="status"></p>
<div id="result" role="alert" hidden></div>
</main>
<script>${verifierScript}</script>
</body>
</html>
`;
}
