"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { RunScreen } from "../use-run-screen";

/** The files of a run: read again whenever an attempt of a step has ended. Undefined until they are known. */
export function useFiles({ reader, shows, state }: Pick<RunScreen, "reader" | "shows" | "state">) {
	const files = useQuery({ ...reader.files(), enabled: shows.outputs });
	const { refetch } = files;
	const steps = Object.values(state.steps).map(({ phase, attempts }) => `${phase.status} ${attempts.length}`);
	const stage = steps.join();
	const read = useRef(stage);
	useEffect(() => {
		if (read.current === stage) return;
		read.current = stage;
		void refetch();
	}, [stage, refetch]);
	return files.data;
}
