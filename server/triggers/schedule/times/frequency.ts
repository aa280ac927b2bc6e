/** The patterns that a form offers, each of which is one cron expression; all others are written as such. */
export type Frequency =
	| { kind: "minutes"; every: number }
	| { kind: "hourly"; minute: number }
	| { kind: "daily"; time: string }
	/** Weekdays as cron counts them: 0 is Sunday. */
	| { kind: "weekly"; days: number[]; time: string }
	| { kind: "monthly"; day: number; time: string };

const NUMBER = /^\d{1,2}$/;

/** The pattern that a cron expression of five fields stands for; undefined for one that no form offers. */
export function readFrequency(cron: string): Frequency | undefined {
	const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = cron.trim().split(/\s+/);
	if (more.length > 0 || month !== "*") return undefined;
	if (hour === "*") return day === "*" && weekday === "*" ? readWithinHour(minute) : undefined;
	if (!NUMBER.test(minute) || !NUMBER.test(hour)) return undefined;
	const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
	if (day === "*") {
		if (weekday === "*") return { kind: "daily", time };
		const days = readDays(weekday);
		return days && { kind: "weekly", days, time };
	}
	return NUMBER.test(day) && weekday === "*" ? { kind: "monthly", day: Number(day), time } : undefined;
}

function readWithinHour(minute: string): Frequency | undefined {
	if (minute === "*") return { kind: "minutes", every: 1 };
	if (NUMBER.test(minute)) return { kind: "hourly", minute: Number(minute) };
	const [, every] = /^\*\/(\d{1,2})$/.exec(minute) ?? [];
	// Others restart in each hour, so that “every 7 minutes” would not be true.
	return every !== undefined && Number(every) > 0 && 60 % Number(every) === 0
		? { kind: "minutes", every: Number(every) }
		: undefined;
}

/** `1-5` or `1,3`, in order; undefined for names and steps. */
function readDays(field: string): number[] | undefined {
	const days = new Set<number>();
	for (const part of field.split(",")) {
		const [, first, last = first] = /^([0-7])(?:-([0-7]))?$/.exec(part) ?? [];
		if (first === undefined || Number(first) > Number(last)) return undefined;
		for (let day = Number(first); day <= Number(last); day += 1) days.add(day % 7);
	}
	return [...days].sort();
}

/** The cron expression of a pattern. */
export function writeFrequency(frequency: Frequency): string {
	switch (frequency.kind) {
		case "minutes":
			return frequency.every === 1 ? "* * * * *" : `*/${frequency.every} * * * *`;
		case "hourly":
			return `${frequency.minute} * * * *`;
		case "daily":
			return `${clock(frequency.time)} * * *`;
		case "weekly":
			return `${clock(frequency.time)} * * ${writeDays(frequency.days)}`;
		case "monthly":
			return `${clock(frequency.time)} ${frequency.day} * *`;
	}
}

/** Minute and hour of `07:30`. */
function clock(time: string): string {
	const [hour, minute] = time.split(":").map(Number);
	return `${minute} ${hour}`;
}

function writeDays(days: readonly number[]): string {
	return isWeekdays(days) ? "1-5" : days.join(",");
}

/** From Monday to Friday. */
export function isWeekdays(days: readonly number[]): boolean {
	return days.join() === "1,2,3,4,5";
}
