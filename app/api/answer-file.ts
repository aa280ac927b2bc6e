import { type ErrorCode, WeftError } from "@/server/errors";

const STATUS = {
	unauthenticated: 401,
	forbidden: 403,
	not_found: 404,
	invalid: 400,
	conflict: 409,
	too_many_requests: 429,
	too_large: 413,
	unavailable: 503,
	internal: 500,
} satisfies Record<ErrorCode, number>;

export interface AnsweredFile {
	name: string;
	/** Its media type. */
	type: string;
	body: BodyInit;
}

/** Answers with a file to be kept, or with the reason why there is none. A page among them runs nothing where it came from. */
export async function answerFile(make: () => Promise<AnsweredFile | Response>): Promise<Response> {
	try {
		const made = await make();
		if (made instanceof Response) return made;
		const { name, type, body } = made;
		return new Response(body, {
			headers: {
				"content-type": `${type}; charset=utf-8`,
				"content-disposition": `attachment; filename="${name}"`,
				"content-security-policy": "sandbox; default-src 'none'",
				"cache-control": "no-store",
				"referrer-policy": "no-referrer",
				"x-content-type-options": "nosniff",
				"x-robots-tag": "noindex, nofollow",
			},
		});
	} catch (error) {
		if (error instanceof WeftError) return new Response(error.message, { status: STATUS[error.code] });
		throw error;
	}
}
