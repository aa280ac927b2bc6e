export interface PullRequestAt {
	api: string;
	/** `acme/site` */
	repository: string;
	token: string;
}

export interface PullRequestAsked {
	branch: string;
	/** Undefined for the default branch. */
	base: string | undefined;
	title: string;
	body: string;
	draft: boolean;
}
