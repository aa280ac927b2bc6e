/** More than any phone shows at once. */
const FIRST_SCREEN = 60;

/** Of a list that the server draws: its first screen. The browser draws all of it, from the data that it has anyway. */
export function firstRows<Row>(rows: readonly Row[], isAlive: boolean): readonly Row[] {
	return isAlive ? rows : rows.slice(0, FIRST_SCREEN);
}
