import type { CSSProperties } from "react";

/** Of the calendar's head and its rows: the name, the days, and four numbers. */
export const CALENDAR_COLUMNS: CSSProperties = { gridTemplateColumns: "208px minmax(0, 1fr) repeat(3, 60px) 76px" };
/** Where the days lie in them. */
export const DAYS_PLACE = "left-[208px] right-[256px]";
