import type { Random } from "./random.ts";

/** 作りものの会場。場所は区の中のおおよその位置。 */
export const demoVenues = [
  {
    id: "kita",
    name: "北区民センター",
    ward: "北区",
    address: "札幌市北区北二十五条西6丁目0-0",
    access: "北24条駅 2分",
    lat: "43.0921",
    lng: "141.3443",
  },
  {
    id: "asabu",
    name: "麻生まちづくりセンター",
    ward: "北区",
    address: "札幌市北区北三十九条西5丁目0-0",
    access: "麻生駅 4分",
    lat: "43.1085",
    lng: "141.3388",
  },
  {
    id: "shinkotoni",
    name: "新琴似地区センター",
    ward: "北区",
    address: "札幌市北区新琴似七条4丁目0-0",
    access: "バス停 3分",
    lat: "43.1107",
    lng: "141.3260",
  },
  {
    id: "tonden",
    name: "屯田地区センター",
    ward: "北区",
    address: "札幌市北区屯田五条6丁目0-0",
    access: "バス停 1分",
    lat: "43.1290",
    lng: "141.3290",
  },
  {
    id: "shinoro",
    name: "篠路コミュニティセンター",
    ward: "北区",
    address: "札幌市北区篠路三条8丁目0-0",
    access: "篠路駅 6分",
    lat: "43.1443",
    lng: "141.3660",
  },
  {
    id: "takuhoku",
    name: "拓北・あいの里センター",
    ward: "北区",
    address: "札幌市北区あいの里一条6丁目0-0",
    access: "あいの里教育大駅 8分",
    lat: "43.1560",
    lng: "141.4020",
  },
  {
    id: "chuo",
    name: "中央区民センター",
    ward: "中央区",
    address: "札幌市中央区南二条西10丁目0-0",
    access: "西11丁目駅 4分",
    lat: "43.0563",
    lng: "141.3415",
  },
  {
    id: "shiroishi",
    name: "白石区民センター",
    ward: "白石区",
    address: "札幌市白石区本郷通3丁目北0-0",
    access: "白石駅 1分",
    lat: "43.0470",
    lng: "141.4060",
  },
  {
    id: "nishi",
    name: "西区民センター",
    ward: "西区",
    address: "札幌市西区琴似二条7丁目0-0",
    access: "琴似駅 3分",
    lat: "43.0768",
    lng: "141.3030",
  },
] as const;

export interface DemoClass {
  id: string;
  venue: string;
  day: string;
  start: string;
  end: string;
  course: string;
  kind: string;
  capacity: number;
  /** いまの残席。 */
  free: number;
}

const mornings = ["2025-10-01", "2025-10-02", "2025-10-03", "2025-10-07", "2025-10-08", "2025-10-09"];
/** 北区・入門・午前の残席（会場ごと、上の六日。－は開催なし）。 */
const northFree: Record<string, (number | null)[]> = {
  kita: [0, 3, 1, 8, 6, 2],
  asabu: [5, null, 2, 7, null, 9],
  shinkotoni: [2, 6, null, 0, 10, 4],
  tonden: [null, 8, 5, 3, null, 10],
  shinoro: [0, null, 9, 2, 7, null],
  takuhoku: [null, 10, null, 6, 1, 8],
};

/** 第二期の講習会。 */
export function secondTermClasses(random: Random): DemoClass[] {
  const out: DemoClass[] = [];
  for (const [venue, frees] of Object.entries(northFree))
    for (const [i, free] of frees.entries())
      if (free !== null)
        out.push({
          id: `c2-${venue}-${i}`,
          venue,
          day: mornings[i] ?? "",
          start: "10:00",
          end: "12:00",
          course: "入門",
          kind: "講習会",
          capacity: 10,
          free,
        });
  const others = [
    ["chuo", "2025-10-02", "13:30", "入門"],
    ["chuo", "2025-10-08", "10:00", "ＬＩＮＥ"],
    ["chuo", "2025-10-15", "13:30", "写真と地図"],
    ["chuo", "2025-10-22", "10:00", "入門"],
    ["shiroishi", "2025-10-01", "13:30", "入門"],
    ["shiroishi", "2025-10-07", "13:30", "ＬＩＮＥ"],
    ["shiroishi", "2025-10-14", "10:00", "入門"],
    ["shiroishi", "2025-10-21", "13:30", "キャッシュレス"],
    ["nishi", "2025-10-03", "13:30", "入門"],
    ["nishi", "2025-10-09", "13:30", "ＬＩＮＥ"],
    ["nishi", "2025-10-16", "10:00", "入門"],
    ["nishi", "2025-10-23", "13:30", "写真と地図"],
    ["kita", "2025-10-02", "13:30", "ＬＩＮＥ"],
    ["kita", "2025-10-07", "13:30", "写真と地図"],
    ["asabu", "2025-10-08", "13:30", "ＬＩＮＥ"],
    ["shinoro", "2025-10-09", "13:30", "キャッシュレス"],
  ] as const;
  for (const [i, [venue, day, start, course]] of others.entries())
    out.push({
      id: `c2-o${i}`,
      venue,
      day,
      start,
      end: start === "10:00" ? "12:00" : "15:30",
      course,
      kind: "講習会",
      capacity: 10,
      free: random.int(0, 6),
    });
  for (const [i, venue] of (["chuo", "kita", "shiroishi", "nishi"] as const).entries())
    out.push({
      id: `c2-s${i}`,
      venue,
      day: `2025-10-${10 + 7 * (i % 2)}`,
      start: "13:00",
      end: "16:00",
      course: "個別相談",
      kind: "相談会",
      capacity: 12,
      free: random.int(1, 5),
    });
  return out;
}

/** 終わった第一期の講習会（発送 350 通）。 */
export function firstTermClasses(random: Random): DemoClass[] {
  const days = [
    "2025-08-05",
    "2025-08-06",
    "2025-08-19",
    "2025-08-20",
    "2025-08-27",
    "2025-09-03",
    "2025-09-09",
  ];
  const out: DemoClass[] = [];
  for (const [i, venue] of demoVenues.entries())
    for (const [j, day] of days.entries())
      if ((i + j) % 3 !== 0 && out.length < 40)
        out.push({
          id: `c1-${venue.id}-${j}`,
          venue: venue.id,
          day,
          start: j % 2 ? "13:30" : "10:00",
          end: j % 2 ? "15:30" : "12:00",
          course: random.pick(["入門", "ＬＩＮＥ"]),
          kind: "講習会",
          capacity: 10,
          free: 0,
        });
  let spare = out.length * 10 - 350;
  for (const one of random.shuffle(out)) {
    if (spare <= 0) break;
    one.free = Math.min(spare, random.int(1, 4));
    spare -= one.free;
  }
  return out;
}
