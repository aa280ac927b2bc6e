import { InngestCommHandler, type ServeHandlerOptions } from "inngest";

/** A request to the SDK, within the process. */
export interface ServeRequest {
	method: "POST" | "PUT";
	url: URL;
	/** By their names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: string;
}

export interface ServeResponse {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string;
}

/** Answers a request as an app that an Inngest server calls over HTTP would. */
export type Handler = (request: ServeRequest) => Promise<ServeResponse>;

/** Serves functions to an engine in the same process: no `Request`, `Response` or stream is made for a call. */
export function serve(options: ServeHandlerOptions): Handler {
	const handler = new InngestCommHandler<[ServeRequest], ServeResponse>({
		frameworkName: "edge",
		...options,
		handler: (request: ServeRequest) => ({
			body: () => request.body,
			headers: (name) => request.headers[name.toLowerCase()],
			method: () => request.method,
			url: () => request.url,
			transformResponse: ({ body, status, headers }) => ({ body, status, headers }),
		}),
	});
	return handler.createHandler();
}
