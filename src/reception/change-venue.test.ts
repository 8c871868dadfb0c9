// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { changeVenue, openVenue } from "./change-venue.ts";
import { tidyVenue, type VenueInput, venueFaults } from "./venue.ts";

let desk: TestDesk | undefined;
afterEach(() => desk?.close());

const venue: VenueInput = {
  address: "札幌市北区",
  ward: "北区",
  access: "北24条駅 2分",
  phone: "011-000-0000",
  latitude: "43.0925",
  longitude: "141.3433",
};

test("６(2)ア 会場の所在地や座標を直すと記録が残り、同じなら何も起きない", async () => {
  desk = await openDesk();
  const sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, []);
  const given = {
    ...venue,
    access: "北24条駅 1番出口から徒歩2分",
    latitude: "北緯４３．１",
    longitude: " 141.35 ",
  };
  expect(await changeVenue(desk.office, sv, "kita", given)).toMatchObject({
    latitude: "43.1",
    longitude: "141.35",
  });
  await changeVenue(desk.office, sv, "kita", given);
  expect(await openVenue(desk.office, desk.contract, "kita")).toMatchObject({
    access: "北24条駅 1番出口から徒歩2分",
  });
  expect(await desk.events()).toEqual(["contract.started", "venue.changed"]);
  await expect(changeVenue(desk.office, sv, "none", venue)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(changeVenue(desk.office, sv, "kita", { ...venue, latitude: "" })).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "latitude" }],
  });
});

test("緯度と経度は日本の中だけ。逆に書いたら、逆だと言う", () => {
  const faults = (latitude: string, longitude: string) =>
    venueFaults(tidyVenue({ ...venue, latitude, longitude })).map((f) => f.message);
  expect(faults("43.0621, 141.3544", "")).toEqual([]);
  expect(faults("", "")).toEqual([]);
  expect(faults("141.3544", "43.0621")).toEqual([expect.stringContaining("逆")]);
  expect(faults("51.5", "-0.1").length).toBe(2);
  expect(faults("北", "東").length).toBe(2);
});

test("日本の中の度なら、どんな値でも受ける", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 20, max: 46, noNaN: true }),
      fc.double({ min: 122, max: 154, noNaN: true }),
      (lat, lng) => {
        const given = tidyVenue({ ...venue, latitude: lat.toFixed(6), longitude: lng.toFixed(6) });
        expect(venueFaults(given)).toEqual([]);
      },
    ),
  );
});
