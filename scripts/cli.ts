const COMMANDS: Record<
	string,
	{ run: () => Promise<(argv: string[]) => Promise<number>>; does: string }
> = {
	init: {
		run: async () => (await import("./init.ts")).initCommand,
		does: "asks, and writes schools/<name>.yaml",
	},
	check: {
		run: async () => (await import("./check.ts")).checkCommand,
		does: "validates schools/*.yaml and names every problem",
	},
	plan: {
		run: async () => (await import("./plan.ts")).planCommand,
		does: "shows what a deploy would change, and the price",
	},
	deploy: {
		run: async () => (await import("./deploy.ts")).deployCommand,
		does: "brings a school's server up, or to what its file says now",
	},
	destroy: {
		run: async () => (await import("./destroy.ts")).destroyCommand,
		does: "takes a school down, after a question",
	},
	rehearse: {
		run: async () => (await import("./rehearse.ts")).rehearseCommand,
		does: "deploys on this computer, in the embedded cloud (npm start)",
	},
	cloud: {
		run: async () => (await import("./cloud.ts")).cloudCommand,
		does: "runs the embedded Hetzner Cloud alone, for anyone's tests",
	},
};

/**
 * The program's own command line.
 *
 * @returns 0 = fine, 1 = findings or differences, 2 = could not run
 */
export async function cli(argv: readonly string[]): Promise<number> {
	const [name, ...rest] = argv;
	if (
		name === undefined ||
		name === "--help" ||
		name === "-h" ||
		name === "help"
	) {
		console.log(usage());
		return name === undefined ? 2 : 0;
	}
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command) {
		console.error(`${JSON.stringify(name)} is no command.\n\n${usage()}`);
		return 2;
	}
	try {
		return await (await command.run())(rest);
	} catch (error) {
		if (!isArgumentError(error)) throw error;
		console.error(`schuljitsi ${name}: ${error.message}`);
		return 2;
	}
}

/** `parseArgs` names an unknown option in a sentence of its own. */
function isArgumentError(error: unknown): error is Error {
	return (
		error instanceof TypeError &&
		"code" in error &&
		String(error.code).startsWith("ERR_PARSE_ARGS")
	);
}

function usage(): string {
	const lines = Object.entries(COMMANDS).map(
		([name, { does }]) => `  ${name.padEnd(10)}${does}`,
	);
	return `npx schuljitsi <command> [school …]\n\n${lines.join("\n")}\n\nThe literal npx cdktf synth|diff|deploy|destroy works as well.`;
}
