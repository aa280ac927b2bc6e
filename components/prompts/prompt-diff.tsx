"use client";

import { YamlDiff, type YamlDiffProps } from "../editor/panels/versions/yaml-diff";
import { promptLanguage } from "./prompt-language";

/** Two texts of a prompt as one. */
export function PromptDiff(props: Omit<YamlDiffProps, "language">) {
	return <YamlDiff {...props} language={promptLanguage} />;
}
