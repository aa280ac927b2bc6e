"use client";

import { useEffect, useState } from "react";
import { type CalendarSchedule, listPlanned, type PlannedTimes } from "./coming-times";

/** So long it is worked at a time: the page stays at hand, however many schedules there are. */
const SLICE_MS = 12;

/** By the settings of a schedule, which stay one object while they are the same; then by the days. */
const known = new WeakMap<object, Map<string, PlannedTimes>>();

/** The times of each schedule within some days, by its id; of many they come one after the other. */
export function usePlanned(schedules: readonly CalendarSchedule[], from: number, to: number) {
	const [planned, setPlanned] = useState<ReadonlyMap<string, PlannedTimes>>(new Map());
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const found = new Map<string, PlannedTimes>();
		let next = 0;
		const work = () => {
			const end = performance.now() + SLICE_MS;
			for (; next < schedules.length && performance.now() < end; next += 1) {
				const schedule = schedules[next];
				if (schedule) found.set(schedule.id, planOnce(schedule, from, to));
			}
			setPlanned(new Map(found));
			if (next < schedules.length) timer = setTimeout(work);
		};
		work();
		return () => clearTimeout(timer);
	}, [schedules, from, to]);
	return planned;
}

function planOnce(schedule: CalendarSchedule, from: number, to: number): PlannedTimes {
	const key = `${schedule.id} ${from} ${to}`;
	const before = known.get(schedule.config) ?? new Map<string, PlannedTimes>();
	const planned = before.get(key) ?? listPlanned(schedule, { from, to });
	known.set(schedule.config, before.set(key, planned));
	return planned;
}
