import { z } from "zod";
import { tryReadJson } from "@/server/plan/values/read-json";
import { formMetaSchema, formStateSchema } from "./answer-form";
import { APPROVE, DECLINE } from "./compose-message";

const idSchema = z.string().min(1).max(64);
const userSchema = z
	.object({ id: idSchema, name: z.string().max(200).optional(), username: z.string().max(200).optional() })
	.transform(({ id, name, username }) => ({ id, name: name ?? username ?? id }));

const clickSchema = z
	.object({
		type: z.literal("block_actions"),
		user: userSchema,
		trigger_id: z.string().max(500),
		/** The message whose button it was. */
		container: z.object({ channel_id: idSchema, message_ts: idSchema }),
		actions: z.array(z.object({ action_id: z.enum([APPROVE, DECLINE]), value: idSchema })).length(1),
	})
	.transform(({ user, trigger_id: triggerId, container, actions: [action] }) => ({
		kind: "click" as const,
		...{ user, triggerId, message: { channelId: container.channel_id, ts: container.message_ts } },
		id: action?.value ?? "",
		decision: action?.action_id === APPROVE ? ("approved" as const) : ("declined" as const),
	}));

const formSchema = z
	.object({
		type: z.literal("view_submission"),
		user: userSchema,
		view: z.object({ private_metadata: z.string().max(3_000), state: formStateSchema }),
	})
	.transform(({ user, view }, context) => {
		const meta = formMetaSchema.safeParse(tryReadJson(view.private_metadata));
		if (meta.success) return { kind: "form" as const, user, ...meta.data, state: view.state };
		context.addIssue({ code: "custom", message: "It is no form of Weft." });
		return z.NEVER;
	});

const interactionSchema = z.union([clickSchema, formSchema]);
export type Interaction = z.infer<typeof interactionSchema>;
export type Click = Extract<Interaction, { kind: "click" }>;
export type SentForm = Extract<Interaction, { kind: "form" }>;

/** What somebody did in Slack, as it is sent: JSON in the field `payload` of a form. Undefined for anything else. */
export function readInteraction(bytes: Buffer): Interaction | undefined {
	const payload = new URLSearchParams(bytes.toString("utf8")).get("payload");
	return interactionSchema.safeParse(tryReadJson(payload ?? "")).data;
}
