"use client";

import type { ReactNode } from "react";
import type { Json } from "@/server/plan/values/json";
import { countValues } from "../json/count-values";
import { JsonTree } from "../json/json-tree";
import type { RunFactsData } from "./use-run-screen";

const INPUTS = ["inputs"];

/** What a run was given and what it made, as trees that fold; null where that is nothing. */
export function treesOf({ input, output }: RunFactsData): { input: ReactNode; output: ReactNode } {
	return { input: treeOf(input, INPUTS), output: treeOf(output) };
}

function treeOf(value: Json | null, base?: readonly string[]): ReactNode {
	return value === null || countValues(value) === "none" ? null : <JsonTree value={value} base={base} />;
}
