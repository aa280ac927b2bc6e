import { sql } from "drizzle-orm";
import {
	boolean,
	doublePrecision,
	foreignKey,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
} from "drizzle-orm/pg-core";
import type { CredentialType } from "@/server/credentials/catalog";
import { at } from "./at";

export const THEMES = ["system", "light", "dark"] as const;

export const users = pgTable("users", {
	id: text("id")
		.primaryKey()
		.$defaultFn(() => crypto.randomUUID()),
	name: text("name"),
	email: text("email").notNull().unique(),
	emailVerified: at("email_verified"),
	image: text("image"),
	/** scrypt, as `scrypt$N$r$p$salt$hash`; null for people who sign in elsewhere. */
	passwordHash: text("password_hash"),
	/** Instead of the ones made from the name. */
	initials: text("initials"),
	/** How pages look; null until somebody chooses: then each browser decides. */
	theme: text("theme", { enum: THEMES }),
	/** An IANA name; null where times are shown as the browser's clock has them. */
	timeZone: text("time_zone"),
	/** Of this instance, whatever their roles in teams are. */
	isAdministrator: boolean("is_administrator").notNull().default(false),
	createdAt: at("created_at").notNull().defaultNow(),
});

/** Who is signed in where. A session ends when its row goes. */
export const sessions = pgTable(
	"sessions",
	{
		/** The hash of the token in its cookie: what is stored signs nobody in. */
		id: text("id").primaryKey(),
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		/** As the browser names itself. */
		userAgent: text("user_agent").notNull(),
		/** Where it was used from last. */
		address: text("address").notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
		lastSeenAt: at("last_seen_at").notNull().defaultNow(),
	},
	(t) => [index("sessions_user").on(t.userId)],
);

/** One-time links by which somebody sets a new password. */
export const passwordLinks = pgTable(
	"password_links",
	{
		/** The hash of the token in the link. */
		id: text("id").primaryKey(),
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		/** Sent to the person's address and nowhere else: whoever has it has the address. */
		isMailed: boolean("is_mailed").notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
		expiresAt: at("expires_at").notNull(),
	},
	(t) => [index("password_links_user").on(t.userId)],
);

export const accounts = pgTable(
	"accounts",
	{
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		type: text("type").notNull(),
		provider: text("provider").notNull(),
		providerAccountId: text("provider_account_id").notNull(),
		refresh_token: text("refresh_token"),
		access_token: text("access_token"),
		expires_at: integer("expires_at"),
		token_type: text("token_type"),
		scope: text("scope"),
		id_token: text("id_token"),
		session_state: text("session_state"),
	},
	(t) => [primaryKey({ columns: [t.provider, t.providerAccountId] })],
);

export const ROLES = ["owner", "admin", "editor", "operator", "viewer"] as const;

export const teams = pgTable(
	"teams",
	{
		id: text("id").primaryKey(),
		name: text("name").notNull(),
		slug: text("slug").notNull().unique(),
		/** Slugs that it had before: links to them still lead here, and no other team gets one. */
		formerSlugs: text("former_slugs").array().notNull().default([]),
		/** The team's data key, wrapped by the server's master key. */
		wrappedKey: text("wrapped_key").notNull(),
		/** Its data keys before, wrapped, while there may be something that is sealed under them. */
		formerKeys: text("former_keys").array().notNull().default([]),
		/** When the data key was last replaced. */
		keyReplacedAt: at("key_replaced_at"),
		/** What calls of models may cost in a month of UTC; null without a limit. */
		budgetUsd: doublePrecision("budget_usd"),
		createdAt: at("created_at").notNull().defaultNow(),
	},
	(t) => [index("teams_former_slugs").using("gin", t.formerSlugs)],
);

export const memberships = pgTable(
	"memberships",
	{
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		role: text("role", { enum: ROLES }).notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.teamId, t.userId] })],
);

export const credentials = pgTable(
	"credentials",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** As in `{{ secrets.NAME }}`. */
		name: text("name").notNull(),
		/** Whose it is, if it runs for one member only; null for a credential of the team. */
		ownerId: text("owner_id"),
		type: text("type").$type<CredentialType>().notNull().default("token"),
		/** Its parts that references may read, without their values. */
		parts: text("parts").array().notNull().default([""]),
		/** What tells it from others without giving it away: the end of a token, a host. */
		hint: text("hint").notNull().default(""),
		/** AES-256-GCM under the team's key, bound to team, id and type. */
		sealed: text("sealed").notNull(),
		createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
		createdAt: at("created_at").notNull().defaultNow(),
		updatedAt: at("updated_at").notNull().defaultNow(),
		/** When a step last read it, to the minute. */
		lastUsedAt: at("last_used_at"),
	},
	(t) => [
		// Whoever leaves the team takes their own along.
		foreignKey({ columns: [t.teamId, t.ownerId], foreignColumns: [memberships.teamId, memberships.userId] }).onDelete(
			"cascade",
		),
		uniqueIndex("credentials_team_name").on(t.teamId, t.name).where(sql`${t.ownerId} is null`),
		uniqueIndex("credentials_owner_name").on(t.teamId, t.ownerId, t.name).where(sql`${t.ownerId} is not null`),
	],
);

/** Values that credentials had before, for as long as runs live that may have read them: in those they stay hidden. */
export const formerCredentialValues = pgTable(
	"former_credential_values",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** The credential it was sealed for, which may be gone. */
		credentialId: text("credential_id").notNull(),
		name: text("name").notNull(),
		/** Whose it was, who may have left since; null for a value of the team. */
		ownerId: text("owner_id"),
		type: text("type").$type<CredentialType>().notNull().default("token"),
		sealed: text("sealed").notNull(),
		replacedAt: at("replaced_at").notNull().defaultNow(),
	},
	(t) => [index("former_credential_values_team").on(t.teamId, t.name)],
);
