const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** `November 2026`. @param month as `2026-11` */
export function nameMonth(month: string): string {
	return MONTH.format(Date.parse(`${month}-01`));
}
