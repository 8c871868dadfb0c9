import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask, Route } from "../platform/route.ts";
import { changeVenue, openVenue } from "./change-venue.ts";
import { mayChangeClasses } from "./reception-right.ts";
import type { VenueInput } from "./venue.ts";
import { VenueListPage, VenuePage } from "./venue-page.tsx";
import { listVenues } from "./venue-store.ts";

const venueBody = z.object({
  address: z.string(),
  ward: z.string(),
  access: z.string(),
  phone: z.string(),
  latitude: z.string(),
  longitude: z.string(),
});

async function venueByForm(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const field = (name: string) => form.get(name) ?? "";
  const values: VenueInput = {
    address: field("address"),
    ward: field("ward"),
    access: field("access"),
    phone: field("phone"),
    latitude: field("latitude"),
    longitude: field("longitude"),
  };
  try {
    await changeVenue(ask.office, ask.actor, ask.param("id"), values);
    return ask.go("/venues", "会場を直しました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return venuePage(ask, values, cause.faults);
  }
}

async function venuePage(ask: Ask, values?: VenueInput, faults?: AppError["faults"]): Promise<Response> {
  const venue = await openVenue(ask.office, ask.actor.contract, ask.param("id"));
  const now = { ...venue, latitude: venue.latitude ?? "", longitude: venue.longitude ?? "" };
  return ask.page({
    title: "会場",
    current: "classes.page",
    status: faults ? 422 : 200,
    body: (
      <VenuePage
        csrf={ask.seated.csrf}
        id={venue.id}
        name={venue.name}
        values={values ?? now}
        faults={faults}
      />
    ),
  });
}

/** 会場の台帳の道。 */
export const venueRoutes: Route[] = [
  {
    id: "venues.page",
    method: "GET",
    path: "/venues",
    kind: "page",
    summary: "会場の台帳",
    handle: async (ask) => {
      const venues = await listVenues(ask.office.read, ask.actor.contract);
      return ask.page({
        title: "会場の台帳",
        current: "classes.page",
        body: <VenueListPage venues={venues} mayEdit={mayChangeClasses(ask.actor)} />,
      });
    },
  },
  {
    id: "venue.page",
    method: "GET",
    path: "/venues/:id",
    kind: "page",
    summary: "会場を直す画面",
    handle: (ask) => venuePage(ask),
  },
  {
    id: "venue.change",
    method: "POST",
    path: "/venues/:id",
    kind: "page",
    summary: "会場を直す",
    handle: venueByForm,
  },
  {
    id: "venues.api",
    method: "GET",
    path: "/api/venues",
    kind: "api",
    summary: "会場の台帳",
    handle: async (ask) => ask.reply({ venues: await listVenues(ask.office.read, ask.actor.contract) }),
  },
  {
    id: "venue.change.api",
    method: "PUT",
    path: "/api/venues/:id",
    kind: "api",
    summary: "会場を直す",
    input: venueBody,
    handle: async (ask) =>
      ask.reply(await changeVenue(ask.office, ask.actor, ask.param("id"), await ask.json(venueBody))),
  },
];
