import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at } from "./at";
import { ROLES, teams, users } from "./teams";

/** Links that let people into a team. */
export const invitations = pgTable(
	"invitations",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** The hash of the token in the link: what is stored lets nobody in. */
		tokenHash: text("token_hash").notNull().unique(),
		/** Those of the links that were mailed to its address: whoever has one has that address. */
		mailTokenHashes: text("mail_token_hashes").array().notNull().default([]),
		/** When its mail is to be sent; null if it is not, or no more. */
		mailAt: at("mail_at"),
		mailTries: integer("mail_tries").notNull().default(0),
		role: text("role", { enum: ROLES }).notNull(),
		/** The only address whose account it lets in; null when it is for whoever has the link. */
		email: text("email"),
		/** How many people it lets in, and how many came. */
		maxUses: integer("max_uses").notNull(),
		uses: integer("uses").notNull().default(0),
		/** Null when their account is gone: the invitation died with it. */
		invitedBy: text("invited_by").references(() => users.id, { onDelete: "set null" }),
		createdAt: at("created_at").notNull().defaultNow(),
		expiresAt: at("expires_at").notNull(),
		/** Withdrawn by somebody, or because its inviter may not give this role any more. */
		revokedAt: at("revoked_at"),
	},
	(t) => [
		index("invitations_team").on(t.teamId, t.createdAt),
		index("invitations_inviter").on(t.invitedBy, t.teamId),
		index("invitations_mail").on(t.mailAt),
		index("invitations_mail_tokens").using("gin", t.mailTokenHashes),
	],
);

/** When others took somebody out of a team, or lowered their role: invitations from before give them nothing back. */
export const barredInvitees = pgTable(
	"barred_invitees",
	{
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		barredAt: at("barred_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.teamId, t.userId] })],
);
