// How long `check` and the synthesis of many schools take, beside the CDK's own TypeScript template
// with as many stacks, which stay empty. Whole processes, the median of several runs, in turn.
//   node bench/synth.ts [runs]
import { execFileSync } from "node:child_process";
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const RUNS = Number(process.argv[2] ?? 3);
const COUNTS = [1, 10, 100, 500];
const root = join(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "bench-synth-"));
const environment = {
	...process.env,
	CHECKPOINT_DISABLE: "1",
	PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};

try {
	console.log(
		`Node ${process.version}, ${RUNS} runs each, median of wall seconds of whole processes\n`,
	);
	console.log(
		"| schools | check | synth | check + synth, per school | cdktf synth | template, empty stacks |",
	);
	console.log("|---:|---:|---:|---:|---:|---:|");
	const template = installTemplate(join(work, "template"));
	for (const count of COUNTS) {
		const schools = writeSchools(join(work, `schools-${count}`), count);
		const app = templateApp(template, count);
		const commands: [string, string[]][] = [
			[
				process.execPath,
				[join(root, "tools/schuljitsi/schuljitsi.js"), "check"],
			],
			[process.execPath, [join(root, "main.ts")]],
			[process.execPath, [join(root, "tools/cdktf/cdktf.js"), "synth"]],
			[join(template, "node_modules/.bin/ts-node"), [app]],
		];
		const seconds: number[][] = commands.map(() => []);
		for (let round = 0; round < RUNS; round++) {
			for (const [index, [program, argv]] of commands.entries()) {
				const cwd = index === 3 ? template : schools;
				seconds[index]?.push(time(program, argv, cwd));
			}
		}
		const [check = 0, synth = 0, cli = 0, peer = 0] = seconds.map(median);
		const perSchool = ((check + synth) / count) * 1000;
		console.log(
			`| ${count} | ${check.toFixed(2)} s | ${synth.toFixed(2)} s | ${perSchool.toFixed(1)} ms | ${cli.toFixed(2)} s | ${peer.toFixed(2)} s |`,
		);
	}
} finally {
	rmSync(work, { recursive: true, force: true });
}

function time(program: string, argv: string[], cwd: string): number {
	const start = process.hrtime.bigint();
	execFileSync(program, argv, { cwd, env: environment, stdio: "ignore" });
	return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function writeSchools(directory: string, count: number): string {
	mkdirSync(join(directory, "schools"), { recursive: true });
	const text = readFileSync(join(root, "schools/musterschule.yaml"), "utf8");
	for (let index = 1; index <= count; index++) {
		writeFileSync(
			join(directory, "schools", `schule${index}.yaml`),
			text.replaceAll(
				"meet.musterschule.example",
				`meet${index}.musterschule.example`,
			),
		);
	}
	const settings = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8"));
	writeFileSync(
		join(directory, "cdktf.json"),
		JSON.stringify({ ...settings, app: `node ${join(root, "main.ts")}` }),
	);
	return directory;
}

/** The template as `cdktn init --template typescript` lays it out, with the packages it installs. */
function installTemplate(directory: string): string {
	mkdirSync(directory);
	const cli = dirname(
		createRequire(import.meta.url).resolve("cdktn-cli/package.json"),
	);
	copyFileSync(
		join(cli, "bundle/templates/typescript/tsconfig.json"),
		join(directory, "tsconfig.json"),
	);
	writeFileSync(
		join(directory, "package.json"),
		JSON.stringify({ name: "template", private: true }),
	);
	execFileSync(
		"npm",
		[
			"install",
			"--no-fund",
			"--no-audit",
			"cdktn@0.24.0",
			"constructs@10.7.2",
			"@types/node@24",
			"typescript@5",
			"ts-node@10",
		],
		{ cwd: directory, env: environment, stdio: "ignore" },
	);
	return directory;
}

/** The template's main.ts with `count` stacks in place of one. */
function templateApp(directory: string, count: number): string {
	const file = join(directory, `main-${count}.ts`);
	writeFileSync(
		file,
		`import { Construct } from "constructs";
import { App, TerraformStack } from "cdktn";

class MyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // define resources here
  }
}

const app = new App();
for (let index = 0; index < ${count}; index++) new MyStack(app, \`stack\${index}\`);
app.synth();
`,
	);
	return file;
}
