import type { HookDelivery } from "./deliveries-api";

/** GitHub sends none again that is older. */
export const REDELIVERABLE_MS = 3 * 86_400_000;

/** One that fails again and again is given up. */
const MOST_ATTEMPTS = 3;

/**
 * The deliveries that have not arrived by any attempt, the oldest first, each by its last attempt.
 * @param deliveries all attempts since some time, in any order
 */
export function findUndelivered(deliveries: readonly HookDelivery[]): HookDelivery[] {
	const attempts = new Map<string, HookDelivery[]>();
	for (const each of deliveries) attempts.set(each.guid, [...(attempts.get(each.guid) ?? []), each]);
	return [...attempts.values()]
		.flatMap((all) => {
			const hasArrived = all.some(({ status_code: status }) => status !== null && status >= 200 && status < 300);
			if (hasArrived || all.filter(({ redelivery }) => redelivery).length >= MOST_ATTEMPTS) return [];
			return all.toSorted(byTime).slice(-1);
		})
		.sort(byTime);
}

function byTime(a: HookDelivery, b: HookDelivery): number {
	return Date.parse(a.delivered_at) - Date.parse(b.delivered_at);
}
