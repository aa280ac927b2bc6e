import { expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { listTriggerDefinitions } from "@/server/triggers/catalog";
import { isKnownIcon } from "./node-icon";

it("the icon of every type of step and of trigger is bundled", () => {
	const missing = [...Object.values(catalog), ...listTriggerDefinitions()].filter(
		(definition) => !isKnownIcon(definition.icon),
	);
	expect(
		missing.map((definition) => definition.icon),
		"add these to ICONS in node-icon.tsx",
	).toEqual([]);
});
