/** In which pages find the path and query that were asked for: Next.js tells them their parameters alone. */
export const PATH_HEADER = "x-weft-path";
