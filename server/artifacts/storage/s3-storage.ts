import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { type ArtifactStorage, type ByteRange, checkKey, MissingFileError } from "./storage";

export interface S3Options {
	bucket: string;
	/** A server of its own that speaks S3; AWS without it. */
	endpoint?: string;
	region: string;
	/** Without them the SDK looks where AWS puts them: the environment, a profile, the machine's role. */
	keys?: { accessKeyId: string; secretAccessKey: string };
}

/** S3 removes so many objects by one request. */
const MAX_REMOVED = 1_000;

/** Objects of a bucket. The SDK is loaded by the first call. */
export function createS3Storage(options: S3Options): ArtifactStorage {
	const { bucket: Bucket } = options;
	let opened: Promise<S3Client> | undefined;
	const client = () => {
		opened ??= openClient(options);
		return opened;
	};
	return {
		name: "s3",
		async write(key, source, signal) {
			const { Upload } = await import("@aws-sdk/lib-storage");
			const watched = watchFailure(source);
			const params = { Bucket, Key: checkKey(key), Body: Readable.from(watched.source, { objectMode: false }) };
			const abortController = new AbortController();
			const abort = () => abortController.abort(signal?.reason);
			signal?.addEventListener("abort", abort, { once: true });
			if (signal?.aborted) abort();
			try {
				await new Upload({ client: await client(), params, abortController }).done();
			} catch (error) {
				// The SDK may fail again as it gives the upload up, and throw that.
				throw watched.failure() ?? error;
			} finally {
				signal?.removeEventListener("abort", abort);
				params.Body.destroy();
			}
		},
		async read(key, range) {
			const { GetObjectCommand, NoSuchKey } = await import("@aws-sdk/client-s3");
			const request = new GetObjectCommand({ Bucket, Key: checkKey(key), Range: range && describeRange(range) });
			const { Body } = await (await client()).send(request).catch((error) => {
				throw error instanceof NoSuchKey ? new MissingFileError(key) : error;
			});
			if (!(Body instanceof Readable)) throw new Error("The storage answered without a body.");
			return Body;
		},
		async remove(keys) {
			const { DeleteObjectsCommand } = await import("@aws-sdk/client-s3");
			for (let at = 0; at < keys.length; at += MAX_REMOVED) {
				const Objects = keys.slice(at, at + MAX_REMOVED).map((key) => ({ Key: checkKey(key) }));
				const { Errors = [] } = await (await client()).send(
					new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
				);
				if (Errors[0]) throw new Error(`The storage kept ${Errors.length} files: ${Errors[0].Message}`);
			}
		},
	};
}

function watchFailure(source: AsyncIterable<Uint8Array>) {
	let failure: unknown;
	async function* watch() {
		try {
			yield* source;
		} catch (error) {
			failure = error;
			throw error;
		}
	}
	return { source: watch(), failure: () => failure };
}

async function openClient({ endpoint, region, keys }: S3Options): Promise<S3Client> {
	const { S3Client } = await import("@aws-sdk/client-s3");
	return new S3Client({
		region,
		...(endpoint && { endpoint, forcePathStyle: true }),
		...(keys && { credentials: keys }),
		// Servers that know no trailing checksums would store them as part of the file.
		requestChecksumCalculation: "WHEN_REQUIRED",
		responseChecksumValidation: "WHEN_REQUIRED",
	});
}

function describeRange({ first, last }: ByteRange): string {
	return `bytes=${first}-${last}`;
}
