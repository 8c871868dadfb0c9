const anchor = /<a\b([^>]*?)\shref="(\/[^"]*)"([^>]*)>([\s\S]*?)<\/a>/g;
const form = /<form\b([^>]*)>[\s\S]*?<\/form>/g;

/** その人に開けるもの。道の表から答える。 */
export interface Reach {
  mayVisit(href: string): boolean;
  mayPost(action: string): boolean;
}

/**
 * 開けない先へのリンクを文字だけにし、出しても断られる form を消す。形がボタンのリンクも、押せないので消す。
 * どの室の画面も、見ている人の役割ごとに書き分けずに済み、押して断られるものが残らない。
 * @param html サーバーが描いた一枚（a の中に a、form の中に form はない）
 */
export function withoutClosedDoors(html: string, reach: Reach): string {
  return html
    .replace(form, (whole, attributes: string) => {
      if (!/\bmethod="post"/i.test(attributes)) return whole;
      const action = /\baction="(\/[^"]*)"/.exec(attributes)?.[1];
      return action === undefined || reach.mayPost(plain(action)) ? whole : "";
    })
    .replace(anchor, (whole, before: string, href: string, after: string, inside: string) => {
      if (reach.mayVisit(plain(href))) return whole;
      const names = (/\bclass="([^"]*)"/.exec(before + after)?.[1] ?? "").split(" ");
      if (names.includes("btn") && !names.includes("link")) return "";
      const shown = names.filter((name) => name !== "" && name !== "btn" && name !== "link").join(" ");
      return shown === "" ? `<span>${inside}</span>` : `<span class="${shown}">${inside}</span>`;
    });
}

function plain(escaped: string): string {
  return escaped.replaceAll("&amp;", "&");
}
