const whole = new Intl.NumberFormat("en-US");

/** `2,318`. */
export function formatCount(count: number): string {
	return whole.format(count);
}

/** `94 %`, from a share between 0 and 1; only a full share is 100 %. */
export function formatShare(share: number): string {
	const percent = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
	return `${percent} %`;
}

/** US dollars as small as steps cost: `$0`, `$0.0121`, `$3.40`. */
export function formatCost(usd: number): string {
	if (usd === 0) return "$0";
	if (usd < 0.0001) return "<$0.0001";
	return usd < 1 ? `$${usd.toFixed(4)}` : `$${usd.toFixed(2)}`;
}
