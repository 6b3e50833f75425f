import { invalidInput } from "./api-error.ts";
import { labelSelector } from "./label-selector.ts";

const LARGEST_PAGE = 50;
const USUAL_PAGE = 25;

interface Listed {
	readonly id: number | string;
	readonly name?: string | null;
	readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A page of a list by the query's `page`, `per_page`, `sort`, `id`, `name`, `label_selector` and
 * further exact filters.
 *
 * @param key - the list's name in the answer
 * @param filters - further query parameters, each with the property it is compared with
 */
export function listPage<T extends Listed>(
	objects: readonly T[],
	key: string,
	query: URLSearchParams,
	filters: Readonly<Record<string, (object: T) => string>> = {},
): object {
	const selector = query.get("label_selector");
	const matches = selector ? labelSelector(selector) : () => true;
	const exact: Record<string, (object: T) => string> = {
		id: ({ id }) => String(id),
		name: ({ name }) => name ?? "",
		...filters,
	};
	const found = objects.filter(
		(object) =>
			matches(object.labels ?? {}) &&
			Object.entries(exact).every(([parameter, property]) => {
				const wanted = query.getAll(parameter).filter((value) => value !== "");
				return wanted.length === 0 || wanted.includes(property(object));
			}),
	);
	sort(found, query.getAll("sort"));

	const page = positive(query, "page", 1, Number.MAX_SAFE_INTEGER);
	const perPage = positive(query, "per_page", USUAL_PAGE, LARGEST_PAGE);
	const last = Math.max(1, Math.ceil(found.length / perPage));
	return {
		[key]: found.slice((page - 1) * perPage, page * perPage),
		meta: {
			pagination: {
				page,
				per_page: perPage,
				previous_page: page > 1 ? Math.min(page - 1, last) : null,
				next_page: page < last ? page + 1 : null,
				last_page: last,
				total_entries: found.length,
			},
		},
	};
}

function positive(
	query: URLSearchParams,
	name: string,
	usual: number,
	largest: number,
): number {
	const text = query.get(name);
	if (text === null) return usual;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1) {
		throw invalidInput(`${name} must be a positive number`, {
			[name]: ["must be greater than 0"],
		});
	}
	return Math.min(value, largest);
}

function sort<T extends Listed>(objects: T[], keys: readonly string[]): void {
	const rules = keys.map((key) => {
		const [, field = "", direction = "asc"] =
			/^([a-z_]+)(?::(asc|desc))?$/.exec(key) ?? [];
		if (field === "") {
			throw invalidInput("sort cannot be read", { sort: ["invalid sort"] });
		}
		return { field: field as keyof T, sign: direction === "desc" ? -1 : 1 };
	});
	objects.sort((a, b) => {
		for (const { field, sign } of rules) {
			const order = compare(a[field], b[field]);
			if (order !== 0) return order * sign;
		}
		return 0;
	});
}

function compare(a: unknown, b: unknown): number {
	if (typeof a === "number" && typeof b === "number") return a - b;
	const [x, y] = [String(a ?? ""), String(b ?? "")];
	return x < y ? -1 : x > y ? 1 : 0;
}
