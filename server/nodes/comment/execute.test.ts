import { expect, test } from "vitest";
import { createTestContext } from "../test-context";
import { commentDefinition } from "./definition";
import { executeComment } from "./execute";

test("the remark is written once each time the step runs", async () => {
	const config = commentDefinition.config.parse({ text: "  Deployed v2 to staging.  " });
	const first = createTestContext();
	const second = createTestContext({ attempt: 2 });
	expect(await executeComment(config, first)).toEqual(await executeComment(config, second));
	expect(first.effects.comments).toEqual(["Deployed v2 to staging."]);
	expect(second.effects.comments).toEqual(["Deployed v2 to staging."]);
});

test("a comment without words is refused", () => {
	expect(commentDefinition.config.safeParse({ text: "   " }).success).toBe(false);
});
