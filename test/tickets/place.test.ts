/** Places as citizens write them: street, landmark, RT/RW, kelurahan, links of maps; and whose road it is. */
import { foreignOwner, gazetteerOf, isSamePlace } from "../../src/tickets/gazetteer";
import { pointInLink } from "../../src/tickets/place-words";
import { isEnough, readPlace } from "../../src/tickets/read-place";
import type { PlacesFile } from "../../src/intents/format-dialogues";
import type { Place } from "../../src/vocabulary/ticket";
import { theTown } from "../support/talking";

let places: PlacesFile;
beforeAll(async () => {
  places = (await theTown()).library.records.places;
}, 60_000);
const read = (text: string, isAsked = false) => readPlace(text, undefined, gazetteerOf(places), isAsked);

describe("A place in free text", () => {
  it.each<[string, Partial<Place>]>([
    [
      "lubang segede ember dpn SDN 3 Jl Mawar td malem ada yg jatuh",
      { street: "Jl. Mawar", landmark: "SDN 3" },
    ],
    ["jalan kenanga depan pasar rusak", { street: "Jl. Kenanga", landmark: "Pasar" }],
    ["Jln. Mawar Raya RT 05/RW 02", { street: "Jl. Mawar Raya", rt: "5", rw: "2" }],
    [
      "di gang melati rt 3 rw 1 kel. Kenanga",
      { street: "Gang Melati", rt: "3", rw: "1", kelurahan: "Kenanga" },
    ],
    ["kelurahan cempaka rt 5", { kelurahan: "Cempaka", rt: "5" }],
    [
      "jl wijaya kusuma sebelah masjid nurul huda",
      { street: "Jl. Wijaya Kusuma", landmark: "Masjid Nurul Huda" },
    ],
    ["jl kenari deket sd", { street: "Jl. Kenari", landmark: "SD" }],
    ["jl kenarii depan puskesmas", { street: "Jl. Kenari", landmark: "Puskesmas Cempaka" }],
    ["dalan mawar ngarep sd 3", { street: "Jl. Mawar", landmark: "SDN 3" }],
    ["jalan raya timur depan spbu", { street: "Jl. Raya Timur", owner: "provinsi" }],
    ["depan stadion", { street: "Jl. Pahlawan", landmark: "Stadion Kota" }],
  ])("%s", (text, expected) => {
    expect(read(text).place).toMatchObject(expected);
  });

  it.each(["halo min", "jalan rusak", "lampu mati", "tolong diperbaiki", "kapan diperbaiki"])(
    "is not in: %s",
    (text) => {
      expect(read(text).place).toBeUndefined();
    },
  );

  it("with a name that two places have is asked about once, with both", () => {
    expect(read("melati", true)).toEqual({ candidates: ["Jl. Melati", "Kel. Melati"] });
    expect(read("jl melati", true).place).toMatchObject({ street: "Jl. Melati" });
  });

  it("outside of the city names the right body", () => {
    const { place } = read("di desa sukamaju");
    expect(place).toMatchObject({ outside: true });
    expect(place && foreignOwner(place, places)).toBe("Dinas PU Kabupaten Tetangga");
    const far = readPlace("", { latitude: -6.2, longitude: 106.8 }, gazetteerOf(places), true).place;
    expect(far).toMatchObject({ outside: true, latitude: -6.2 });
  });

  it("is enough for staff when there is a point, something beside the street, or an RT", () => {
    const enough = (text: string): boolean => {
      const { place } = read(text, true);
      return place !== undefined && isEnough(place);
    };
    expect(enough("jl mawar")).toBe(false);
    expect(enough("jl mawar depan sd 3")).toBe(true);
    expect(enough("jl mawar rt 3")).toBe(true);
    expect(enough("kelurahan melati")).toBe(false);
    expect(enough("kelurahan melati rt 2")).toBe(true);
  });
});

describe("A point in the address of a map", () => {
  it.each([
    ["https://maps.google.com/?q=-7.5666,110.8167", { latitude: -7.5666, longitude: 110.8167 }],
    ["lihat https://www.google.com/maps/@-7.5666,110.8167,17z", { latitude: -7.5666, longitude: 110.8167 }],
    ["https://maps.google.com/maps?q=-7.5666%2C110.8167", { latitude: -7.5666, longitude: 110.8167 }],
    ["geo:-7.5666,110.8167", { latitude: -7.5666, longitude: 110.8167 }],
  ])("%s", (text, point) => {
    expect(pointInLink(text)).toEqual(point);
  });

  it("is not read from other numbers, short links or nonsense", () => {
    expect(pointInLink("harganya -7.5666,110.8167")).toBeUndefined();
    expect(pointInLink("https://maps.app.goo.gl/abc123")).toBeUndefined();
    expect(pointInLink("https://maps.google.com/?q=-97.5666,110.8167")).toBeUndefined();
  });
});

describe("Two places", () => {
  it("are one within fifty metres, or in one street at one landmark or RT", () => {
    const at = (latitude: number): Place => ({ words: "x", latitude, longitude: 110.81 });
    expect(isSamePlace(at(-7.55), at(-7.5504))).toBe(true);
    expect(isSamePlace(at(-7.55), at(-7.5505))).toBe(false);
    const beside = (landmark: string): Place => ({ words: "x", street: "Jl. Mawar", landmark });
    expect(isSamePlace(beside("SDN 3"), beside("sdn 3"))).toBe(true);
    expect(isSamePlace(beside("SDN 3"), beside("Pasar"))).toBe(false);
    expect(isSamePlace({ words: "x", street: "Jl. Mawar" }, { words: "x", street: "Jl. Mawar" })).toBe(false);
  });
});
