import { createPrivateKey, createPublicKey, type JsonWebKey } from "node:crypto";

/**
 * The public half of a private key, as SSH sends it (RFC 4253, section 6.6). `encrypted` where it cannot be read without
 * the passphrase, undefined for what is no key.
 */
export function readPublicKey(pem: string): Buffer | "encrypted" | undefined {
	try {
		if (pem.includes("BEGIN OPENSSH PRIVATE KEY")) return readOpenSsh(pem);
		if (pem.includes("ENCRYPTED")) return "encrypted";
		return encodeKey(createPublicKey(createPrivateKey(pem)).export({ format: "jwk" }));
	} catch {
		return undefined;
	}
}

const MAGIC = Buffer.from("openssh-key-v1\0");

/** The public key stands in front of the private one, which may be encrypted (OpenSSH, PROTOCOL.key). */
function readOpenSsh(pem: string): Buffer | undefined {
	const bytes = Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ""), "base64");
	if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
	let at = MAGIC.length;
	const take = () => {
		const end = at + 4 + bytes.readUInt32BE(at);
		const taken = bytes.subarray(at + 4, end);
		at = end;
		return taken;
	};
	// Cipher, key derivation and its options, then how many keys there are.
	for (let field = 0; field < 3; field++) take();
	at += 4;
	const key = take();
	return at < bytes.length ? key : undefined;
}

const CURVES: Readonly<Record<string, string>> = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

function encodeKey({ kty, crv = "", n, e, x, y }: JsonWebKey): Buffer | undefined {
	const bytes = (text = "") => Buffer.from(text, "base64url");
	if (kty === "RSA") return encode(Buffer.from("ssh-rsa"), integer(bytes(e)), integer(bytes(n)));
	if (kty === "OKP" && crv === "Ed25519") return encode(Buffer.from("ssh-ed25519"), bytes(x));
	const curve = CURVES[crv];
	if (kty !== "EC" || curve === undefined) return undefined;
	const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
	return encode(Buffer.from(`ecdsa-sha2-${curve}`), Buffer.from(curve), point);
}

/** A number whose first bit is set takes another byte: it is not negative. */
function integer(bytes: Buffer): Buffer {
	return (bytes[0] ?? 0) < 128 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
}

function encode(...fields: Buffer[]): Buffer {
	return Buffer.concat(
		fields.flatMap((field) => {
			const length = Buffer.alloc(4);
			length.writeUInt32BE(field.length);
			return [length, field];
		}),
	);
}
