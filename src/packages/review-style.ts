/** 確認用の一式の様式。外の字体も絵も読まない。 */
export const reviewStyle = `
:root{--ink:#1c2430;--sub:#51606f;--line:#ccd5dd;--ground:#f4f6f8;--main:#0b5c8a;--done:#1b6b3a;--late:#a61b1b;--due:#8a5a00}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.75 "BIZ UDPGothic","Yu Gothic UI","Hiragino Sans","Noto Sans JP",Meiryo,sans-serif}
header,main{max-width:960px;margin:0 auto;padding:0 24px}
header{padding-top:24px}
h1{font-size:26px;line-height:1.4;margin:4px 0 8px}
h2{font-size:19px;margin:0 0 12px}
p{margin:0 0 8px}
.sub{color:var(--sub);font-size:14px}
table+.sub{margin-top:12px}
.ok{display:block;font-weight:400;font-size:14px;color:var(--sub)}
.sample{display:inline-block;border:2px solid var(--late);color:var(--late);padding:0 10px;font-weight:700}
section{background:#fff;border:1px solid var(--line);border-radius:6px;padding:20px 24px;margin:16px 0}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:8px 12px;text-align:left;vertical-align:top}
th{background:#eef2f5;width:13em;font-weight:700}
.pre{white-space:pre-wrap;overflow-wrap:anywhere}
code{font:15px/1.6 Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
label,legend{display:block;font-weight:700;margin:12px 0 4px}
fieldset{border:0;margin:0;padding:0}
.choices{display:flex;flex-wrap:wrap;gap:8px}
.choices label{margin:0;font-weight:400;border:1px solid #7d8b98;border-radius:6px;padding:10px 18px;min-height:44px;cursor:pointer}
.choices label:has(input:checked){border-color:var(--main);background:#e6f1f7;font-weight:700}
input[type=text],input[type=password],textarea{width:100%;max-width:34em;border:1px solid #7d8b98;border-radius:4px;padding:10px 12px;font:inherit;min-height:44px;background:#fff;color:inherit}
textarea{max-width:none;min-height:7em}
button{font:inherit;font-weight:700;min-height:44px;padding:8px 22px;border-radius:6px;border:1px solid var(--main);background:#fff;color:var(--main);cursor:pointer;margin:12px 12px 0 0}
form button,#make{display:block}
button.main{background:var(--main);color:#fff}
button:disabled{border-color:#aab4bd;background:#e3e8ec;color:#5a6772;cursor:default}
:focus-visible{outline:3px solid #1a73b8;outline-offset:2px}
.say{border-left:6px solid var(--due);background:#fff8e6;padding:10px 16px;margin:12px 0 0}
.say.done{border-color:var(--done);background:#eaf6ee}
.say.late{border-color:var(--late);background:#fdecec}
.print{font-size:22px;letter-spacing:.04em}
[hidden]{display:none!important}
a{color:var(--main)}
.acts a{display:inline-block;margin-right:16px}
@media print{body{background:#fff}section{border:0;padding:8px 0}.noprint{display:none}}
`;
