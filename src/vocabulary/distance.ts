/** How far two points on the earth are from each other. */

export interface Point {
  /** Degrees, WGS84. */
  latitude: number;
  longitude: number;
}

const EARTH_RADIUS_METRES = 6_371_000;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres (haversine); good to half a percent. */
export function metresBetween(a: Point, b: Point): number {
  const lat = (b.latitude - a.latitude) * RADIANS;
  const lon = (b.longitude - a.longitude) * RADIANS;
  const chord =
    Math.sin(lat / 2) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(lon / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}
