import { z } from "zod";

/** How a request proves that it comes from whom it should. */
export const PRESETS = ["none", "token", "hmac", "standard", "github", "stripe", "slack", "shopify", "linear"] as const;
export type Preset = (typeof PRESETS)[number];

/** A credential of the team, or a part of one: `NAME`, `NAME.part`. */
export const secretNameSchema = z
	.string()
	.regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}(?:\.[A-Za-z0-9_-]{1,64})?$/, "Name a credential of the team, as in SHOP_SECRET");

export const headerNameSchema = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, "Name a header, as in X-Signature");

export const signatureSettingsSchema = z.strictObject({
	preset: z.enum(PRESETS).default("none"),
	/** A token or HMAC: the header that brings it. */
	header: headerNameSchema.optional(),
	algorithm: z.enum(["sha256", "sha1", "sha512"]).default("sha256"),
	encoding: z.enum(["hex", "base64"]).default("hex"),
	/** Stands before the signature, as in `sha256=`. */
	prefix: z.string().max(20).default(""),
	/** Brings the time in seconds; then `time.body` is what is signed, and older requests are refused. */
	timestampHeader: headerNameSchema.optional(),
});
/** How requests are signed. */
export type SignatureSettings = z.infer<typeof signatureSettingsSchema>;
