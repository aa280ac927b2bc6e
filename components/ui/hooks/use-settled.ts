import { useEffect, useState } from "react";

/**
 * A value as it was when it last stood still: of what is typed not every letter is asked for.
 * @param ms for how long it has to stay the same
 */
export function useSettled<Value>(value: Value, ms: number): Value {
	const [settled, settle] = useState(value);
	useEffect(() => {
		const timer = setTimeout(() => settle(value), ms);
		return () => clearTimeout(timer);
	}, [value, ms]);
	return settled;
}
