import { expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { isKnownIcon } from "./node-icon";

it("every step type's icon is bundled", () => {
	const missing = Object.values(catalog).filter((definition) => !isKnownIcon(definition.icon));
	expect(missing.map((definition) => definition.icon)).toEqual([]);
});
