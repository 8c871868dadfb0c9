import { expect, test } from "vitest";
import { routes } from "../main/routes.ts";
import { columnText, personalPlaces } from "./personal-place.ts";

// 道を読み込めば、どの室の表も宣言されている。
test("第13条 個人情報のどの表にも扱いがあり、どの列も日本語の名で言える", () => {
  expect(routes.length).toBeGreaterThan(100);
  const places = personalPlaces();
  expect(places.length).toBeGreaterThan(20);
  expect(places.filter(({ fate }) => fate === "undecided").map(({ table }) => table)).toEqual([]);
  expect(
    places.flatMap((place) =>
      /[a-z]/.test(place.label + columnText(place)) ? [`${place.label}: ${columnText(place)}`] : [],
    ),
  ).toEqual([]);
});
