import type { Day, Minute } from "../base/time.ts";

export interface DialplanGiven {
  title: string;
  hours: { open: Minute; close: Minute };
  /** 閉めている日と、その訳（土日も含む）。 */
  closed: readonly { day: Day; reason: string }[];
  /** 開設期間。この外は、どの日も閉める。 */
  terms: readonly { label: string; from: Day; to: Day }[];
}

/** GotoIfTime の終わりの分は含まれる（main/pbx_timing.c）。16:00 に閉めるなら 15:59 まで。 */
export function lastMinute(close: Minute): Minute {
  const [h, m] = close.split(":").map(Number);
  const at = ((h ?? 0) * 60 + (m ?? 0) + 1439) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}

/** extensions.conf に読み込ませる一枚。着いたことを OFFERED で残してから、休みと時間を見る。 */
export function writeDialplan({ hours }: DialplanGiven): string {
  return `; まどぐちが契約の暦から書き出したもの。手で直さず、書き出し直してください。
; 使い方: extensions.conf に #include "madoguchi.conf"、休みの表は closed-days.sh で AstDB に入れる。
; 待ち行列の名（koza）と、音声の名（custom/madoguchi-closed）は、設備に合わせる。
[madoguchi-inbound]
exten => _X.,1,NoOp(madoguchi)
 same => n,QueueLog(koza,\${UNIQUEID},NONE,OFFERED,\${CALLERID(num)})
 same => n,GotoIf(\${DB_EXISTS(closed/\${STRFTIME(\${EPOCH},Asia/Tokyo,%Y%m%d)})}?closed,1)
 same => n,GotoIf(\${DB_EXISTS(open/\${STRFTIME(\${EPOCH},Asia/Tokyo,%Y%m%d)})}?time:closed,1)
; 終わりの分は含まれるので、閉める時刻の一分前まで。
 same => n(time),GotoIfTime(${hours.open}-${lastMinute(hours.close)},*,*,*,Asia/Tokyo?open,1:closed,1)
exten => open,1,Answer()
 same => n,Queue(koza,tT,,,180)
 same => n,Goto(after,1)
exten => after,1,NoOp(QUEUESTATUS=\${QUEUESTATUS})
 same => n,Hangup()
exten => closed,1,Answer()
 same => n,Playback(custom/madoguchi-closed)
 same => n,Hangup()
`;
}

/** 開く日と閉める日を AstDB に入れる命令。何度流しても同じ。 */
export function writeClosedDays({ closed }: DialplanGiven, open: readonly Day[]): string {
  const put = (family: string, day: Day) =>
    `asterisk -rx "database put ${family} ${day.replaceAll("-", "")} 1"`;
  return [
    "#!/bin/sh",
    "# まどぐちが契約の暦から書き出したもの。",
    "set -e",
    'asterisk -rx "database deltree closed" || true',
    'asterisk -rx "database deltree open" || true',
    ...closed.map(({ day }) => put("closed", day)),
    ...open.map((day) => put("open", day)),
    "",
  ].join("\n");
}

/** 時間外の案内の文。読み上げる順に。 */
export function writeAnnouncement({ title, hours, terms }: DialplanGiven): string {
  const say = (time: Minute) => {
    const [h, m] = time.split(":").map(Number);
    return `${(h ?? 0) < 12 ? "午前" : "午後"}${(h ?? 0) % 12 || 12}時${m === 0 ? "" : `${m}分`}`;
  };
  const date = (day: Day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  return [
    `お電話ありがとうございます。${title}の受付です。`,
    "ただいまの時間は、受付をしておりません。",
    `受付の時間は、土曜日、日曜日、祝日と年末年始を除く、${say(hours.open)}から${say(hours.close)}までです。`,
    ...(terms.length === 0
      ? []
      : [
          `受付の期間は、${terms.map(({ from, to }) => `${date(from)}から${date(to)}まで`).join("、")}です。`,
        ]),
    "恐れ入りますが、受付の時間に、おかけ直しください。",
    "",
  ].join("\n");
}
