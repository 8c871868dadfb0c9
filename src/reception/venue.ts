import type { Fault } from "../base/error.ts";
import { formatPhone, readPhone } from "../japan/phone.ts";

/** 会場の台帳で人が直せるところ。 */
export interface VenueInput {
  address: string;
  ward: string;
  access: string;
  phone: string;
  /** 緯度・経度（度）。両方あるか、両方空。 */
  latitude: string;
  longitude: string;
}

/** 台帳の一行（画面と JSON に出すもの）。 */
export interface VenueLine {
  id: string;
  name: string;
  address: string;
  ward: string;
  access: string;
  phone: string;
  latitude: string | null;
  longitude: string | null;
}

export const venueLimits: Record<keyof VenueInput, number> = {
  address: 200,
  ward: 20,
  access: 100,
  phone: 40,
  latitude: 20,
  longitude: 20,
};

/** 日本の範囲（択捉島から与那国島、南鳥島、沖ノ鳥島までを含む）。 */
const japan = { south: 20, north: 46, west: 122, east: 154 };

/** 全角や「北緯43.06度」を、度の数にする。「43.0621, 141.3544」を緯度の欄に貼ってもよい。 */
export function tidyVenue(given: VenueInput): VenueInput {
  const trimmed = Object.fromEntries(
    Object.entries(given).map(([k, v]) => [k, v.trim()]),
  ) as unknown as VenueInput;
  const pair = numbersIn(trimmed.latitude);
  const [latitude = "", longitude = numbersIn(trimmed.longitude)[0] ?? ""] = pair;
  return {
    ...trimmed,
    phone: trimmed.phone && formatPhone(trimmed.phone),
    latitude: latitude || trimmed.latitude,
    longitude: longitude || trimmed.longitude,
  };
}

function numbersIn(text: string): string[] {
  return text.normalize("NFKC").match(/-?\d+(\.\d+)?/g) ?? [];
}

/** 直すところ。なければ空。 */
export function venueFaults(venue: VenueInput): Fault[] {
  const faults: Fault[] = [];
  for (const [field, limit] of Object.entries(venueLimits) as [keyof VenueInput, number][])
    if (venue[field].length > limit) faults.push({ field, message: `${limit}字までで入力してください。` });
  if (venue.phone && !readPhone(venue.phone))
    faults.push({ field: "phone", message: "電話番号として読めません。数字で入力してください。" });
  const { latitude, longitude } = venue;
  if (latitude === "" && longitude === "") return faults;
  if (latitude === "" || longitude === "")
    faults.push({
      field: latitude === "" ? "latitude" : "longitude",
      message: "緯度と経度は、両方を入力するか、両方を空にしてください。",
    });
  else faults.push(...placeFaults(latitude, longitude));
  return faults;
}

function placeFaults(latitude: string, longitude: string): Fault[] {
  const [lat, lng] = [Number(latitude), Number(longitude)];
  if (within(lat, japan.west, japan.east) && within(lng, japan.south, japan.north))
    return [
      {
        field: "latitude",
        message: "緯度と経度が逆のようです。緯度（北緯）は20～46、経度（東経）は122～154です。",
      },
    ];
  const faults: Fault[] = [];
  if (!within(lat, japan.south, japan.north))
    faults.push({
      field: "latitude",
      message: "日本の緯度（20～46）ではありません。「43.0621」の形で入力してください。",
    });
  if (!within(lng, japan.west, japan.east))
    faults.push({
      field: "longitude",
      message: "日本の経度（122～154）ではありません。「141.3544」の形で入力してください。",
    });
  return faults;
}

function within(value: number, low: number, high: number): boolean {
  return Number.isFinite(value) && value >= low && value <= high;
}
