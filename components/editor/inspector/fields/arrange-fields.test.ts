import { expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { arrangeFields, isFieldShown, isFieldWanted } from "./arrange-fields";
import { describeFields } from "./describe-fields";

const http = describeFields(catalog["http-request"].config);

function fieldOf(key: string) {
	const field = http.find((each) => each.key === key);
	if (!field) throw new Error(`No field ${key}`);
	return field;
}

it("shows a body once there is one to send, and always one that is written", () => {
	expect(isFieldShown(fieldOf("body"), {})).toBe(false);
	expect(isFieldShown(fieldOf("body"), { bodyType: "json" })).toBe(true);
	expect(isFieldShown(fieldOf("body"), { body: "left over" })).toBe(true);
	expect(isFieldShown(fieldOf("url"), {})).toBe(true);
});

it("wants what the chosen action needs", () => {
	const wantedFor = (action?: string) =>
		describeFields(catalog.github.config).flatMap((field) =>
			isFieldWanted(field, action === undefined ? {} : { action }) ? [field.key] : [],
		);
	expect(wantedFor()).toEqual(["number", "body"]);
	expect(wantedFor("issue")).toEqual(["title"]);
	expect(wantedFor("status")).toEqual(["commit", "name"]);
});

it("puts two short fields side by side, never three", () => {
	const short = [fieldOf("method"), fieldOf("bodyType"), fieldOf("method")];
	expect(arrangeFields(short).map((row) => row.length)).toEqual([2, 1]);
	expect(arrangeFields([fieldOf("url"), fieldOf("method"), fieldOf("headers")]).map((row) => row.length)).toEqual([
		1, 1, 1,
	]);
});

it("keeps every field, in order", () => {
	expect(arrangeFields(http).flat()).toEqual(http);
});
