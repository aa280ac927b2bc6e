import { expect, test } from "vitest";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createRunLink } from "./create-link";
import { revokeLink } from "./revoke-link";
import { visitorAt } from "./test-visit";
import { visitPicture } from "./visit-picture";

const { database, team } = await setUpTestTeam();

test("a link has a picture, but not one with a password, one that was revoked, or none at all", async () => {
	const { runId } = await insertTestRun(database, team.id, { ended: true });
	const terms = { team: "acme", runId, name: "", shows: { settings: true, inputs: true, outputs: true, logs: true } };
	const open = await createRunLink(team.members.owner, terms);
	const locked = await createRunLink(team.members.owner, { ...terms, password: "open sesame" });
	const revoked = await createRunLink(team.members.owner, terms);
	await revokeLink(team.members.owner, { team: "acme", id: revoked.id });
	const visitor = visitorAt(database, "192.0.2.6");
	const pictures = [open.token, locked.token, revoked.token, "A".repeat(22), "no token"].map((token) =>
		visitPicture(visitor, token),
	);
	const [shown, ...others] = await Promise.all(pictures);
	expect(shown).toMatchObject({ title: "Tested / 1", team: "Team acme", state: { phase: { status: "completed" } } });
	expect(others).toEqual([null, null, null, null]);
});
