/** An error answer of the API, with one of the codes of its documentation. */
export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly status: number;
	readonly code: string;
	readonly details: object | null;

	constructor(
		status: number,
		code: string,
		message: string,
		details: object | null = null,
	) {
		super(message);
		this.status = status;
		this.code = code;
		this.details = details;
	}
}

export function notFound(kind: string, id: string | number): ApiError {
	return new ApiError(404, "not_found", `${kind} with ID '${id}' not found`);
}

/** @param fields - messages by the field's name */
export function invalidInput(
	message: string,
	fields: Record<string, string[]> = {},
): ApiError {
	return new ApiError(422, "invalid_input", message, {
		fields: Object.entries(fields).map(([name, messages]) => ({
			name,
			messages,
		})),
	});
}

export function uniqueness(field: string, kind: string): ApiError {
	return new ApiError(
		409,
		"uniqueness_error",
		`${kind} ${field} is already used`,
		{
			fields: [{ name: field }],
		},
	);
}

export function protectedError(kind: string): ApiError {
	return new ApiError(423, "protected", `${kind} is delete protected`);
}

export function inUse(kind: string, by: string): ApiError {
	return new ApiError(
		409,
		"resource_in_use",
		`${kind} is still in use by ${by}`,
	);
}
