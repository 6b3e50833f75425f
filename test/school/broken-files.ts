/** A school's file with mistakes, and the messages it must give, word by word. */
export interface BrokenFile {
	readonly name: string;
	readonly bytes: string | Uint8Array;
	readonly file?: string;
	readonly messages: readonly string[];
}

const KEY =
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPij35SU+Otwzu3fhgK/B+DmiQFN497ep8Dvg2Zskcs7";

const SCHOOL = `school:
  name: Testschule
  operator: { name: Stadt, email: amt@stadt.example }
`;
const DOMAIN = `domain:
  name: meet.schule.example
`;
const ADMINISTRATION = `administration:
  sshKeys: [${KEY}]
  sshFrom: [198.51.100.0/24]
`;

/** A valid file with more at its end. */
const valid = (more = "") => SCHOOL + DOMAIN + ADMINISTRATION + more;

export const CASES: readonly BrokenFile[] = [
	{
		name: "empty",
		bytes: "",
		messages: [
			"1:1: found an empty file, expected a school's settings; copy schools/musterschule.yaml",
		],
	},
	{
		name: "only comments",
		bytes: "# nothing\n",
		messages: [
			"1:1: found an empty file, expected a school's settings; copy schools/musterschule.yaml",
		],
	},
	{
		name: "a list",
		bytes: "- school\n- domain\n",
		messages: [
			"1:1: found a list, expected a map of settings (school:, domain:, …); copy schools/musterschule.yaml",
		],
	},
	{
		name: "a number",
		bytes: "42\n",
		messages: [
			"1:1: found 42 (a number), expected a map of settings (school:, domain:, …); copy schools/musterschule.yaml",
		],
	},
	{
		name: "a duplicate key",
		bytes: valid("domain:\n  name: other.schule.example\n"),
		messages: [
			"9:1: found this setting a second time, expected it once; remove one of the two",
		],
	},
	{
		name: "a tab for indentation",
		bytes: "school:\n\tname: X\n",
		messages: [
			"2:1: found a tab, expected spaces for indentation; replace it by two spaces for each level",
		],
	},
	{
		name: "a second document",
		bytes: `${valid()}---\nschool: {}\n`,
		messages: [
			"9:1: found a second document (---), expected one school a file; give it a file of its own",
		],
	},
	{
		name: "an alias bomb",
		bytes: `a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n`,
		messages: [
			"1:7: found an anchor (&), expected a plain value; remove it",
			"2:7: found an anchor (&), expected a plain value; remove it",
			"2:8: found an alias (*), expected the value itself; write it out",
			"2:12: found an alias (*), expected the value itself; write it out",
			"2:16: found an alias (*), expected the value itself; write it out",
			"3:5: found an alias (*), expected the value itself; write it out",
			"3:9: found an alias (*), expected the value itself; write it out",
			"3:13: found an alias (*), expected the value itself; write it out",
		],
	},
	{
		name: "deep nesting",
		bytes: `school: ${"[".repeat(5000)}\n`,
		messages: [
			"1:41: found more than 32 levels, expected settings of at most four levels; correct the indentation or brackets",
		],
	},
	{
		name: "deep nesting by dashes",
		bytes: `${"- ".repeat(300)}x\n`,
		messages: [
			"1:1: found more than 32 levels, expected settings of at most four levels; correct the indentation or brackets",
		],
	},
	{
		name: "a custom tag",
		bytes: valid("privacy: !ruby/object {}\n"),
		messages: [
			'9:23: found the tag "!ruby/object", expected a plain value; remove it',
		],
	},
	{
		name: "a merge key",
		bytes: valid("privacy:\n  <<: {logRetentionDays: 3}\n"),
		messages: [
			'10:3: privacy.<<: found an unknown setting "<<", expected one of logRetentionDays; remove it',
		],
	},
	{
		name: "__proto__",
		bytes: valid("__proto__:\n  polluted: true\n"),
		messages: [
			'9:1: __proto__: found an unknown setting "__proto__", expected one of school, domain, server, bridges, meetings, login, privacy, administration, certificates, embedding, state; remove it',
		],
	},
	{
		name: "constructor in a section",
		bytes: valid("privacy:\n  constructor: 1\n"),
		messages: [
			'10:3: privacy.constructor: found an unknown setting "constructor", expected one of logRetentionDays; remove it',
		],
	},
	{
		name: "a key that is no word",
		bytes: valid("? [a, b]\n: 1\n"),
		messages: [
			"9:3: found a key that is no word, expected the name of a setting; correct it",
		],
	},
	{
		name: "UTF-16",
		bytes: Buffer.from(`\ufeff${valid()}`, "utf16le"),
		messages: ["1:1: found UTF-16, expected UTF-8; save the file as UTF-8"],
	},
	{
		name: "Latin-1",
		bytes: Buffer.from("school:\n  name: Gymnasium Köln\n", "latin1"),
		messages: [
			"2:20: found a byte that is not UTF-8 (an umlaut in an older encoding?), expected UTF-8; save the file as UTF-8",
		],
	},
	{
		name: "a NUL byte",
		bytes: "school:\n  name: Test\0schule\n",
		messages: [
			"2:13: found a NUL byte, expected text; this is not a text file, or it is not saved as UTF-8",
		],
	},
	{
		name: "unclosed quotes",
		bytes: 'school:\n  name: "Testschule\n',
		messages: [
			'3:1: found YAML that cannot be read (Missing closing "quote), expected "setting: value" lines, indented by two spaces; correct this line or the one above it',
		],
	},
	{
		name: "wrong indentation",
		bytes: "school:\n  name: A\n operator: B\n",
		messages: [
			'3:1: found YAML that cannot be read (All mapping items must start at the same column), expected "setting: value" lines, indented by two spaces; correct this line or the one above it',
		],
	},
	{
		name: "a bad file name",
		bytes: valid(),
		file: "schools/Meine Schule.yaml",
		messages: [
			'1:1: found the file name "Meine Schule", expected at most 32 of a-z, 0-9 and -, a letter first; rename the file',
		],
	},
	{
		name: "everything missing",
		bytes: "meetings: {}\n",
		messages: [
			"1:1: school: found nothing, expected a map of settings; add it, see schools/musterschule.yaml",
			"1:1: domain: found nothing, expected a map of settings; add it, see schools/musterschule.yaml",
			"1:1: administration: found nothing, expected a map of settings; add it, see schools/musterschule.yaml",
		],
	},
	{
		name: "a section that is a word",
		bytes: valid("server: gross\n"),
		messages: [
			'9:9: server: found "gross", expected a map of settings; indent its settings below it',
		],
	},
	{
		name: "a slip of the pen",
		bytes: valid("meetings:\n  loby: true\nservre:\n  backups: true\n"),
		messages: [
			'10:3: meetings.loby: found an unknown setting "loby", expected one of maxVideoHeight, lobby, e2ee, startMuted, maxParticipants; write lobby',
			'11:1: servre: found an unknown setting "servre", expected one of school, domain, server, bridges, meetings, login, privacy, administration, certificates, embedding, state; write server',
		],
	},
	{
		name: "a password in the file",
		bytes: valid("login:\n  ldapPassword: hunter2\n"),
		messages: [
			"10:3: login.ldapPassword: found a secret's name, expected no secret in this file; remove it, change the secret, and give it to the server with npx schuljitsi secrets set",
		],
	},
	{
		name: "texts that look like something else",
		bytes: `school:\n  name: 1.10\n  operator: { name: 2026-11-23, email: true }\n${DOMAIN}${ADMINISTRATION}`,
		messages: [
			"2:9: school.name: found 1.10 (a number), expected the school's name, one line of at most 200 characters; write it as text, in quotes if it looks like a number or a date",
			"3:40: school.operator.email: found true (a truth value), expected an e-mail address such as it@schule.example; correct it",
		],
	},
	{
		name: "not in the EU",
		bytes: valid("server:\n  locations: [nbg1, ash, mars]\n"),
		messages: [
			'10:21: server.locations.1: found "ash", expected a location in the EU (fsn1, nbg1, hel1); this one is in Ashburn, USA, where pupils\' data must not go',
			'10:26: server.locations.2: found "mars", expected a location in the EU (fsn1, nbg1, hel1); write one of them',
		],
	},
	{
		name: "a country outside the EEA",
		bytes: valid().replace(
			"name: Testschule",
			"name: Testschule\n  country: CH",
		),
		messages: [
			'3:12: school.country: found "CH", expected an EU or EEA country by its two letters (AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK); this program serves schools under the GDPR only',
		],
	},
	{
		name: "no host name",
		bytes: valid().replace(
			"meet.schule.example",
			"https://meet.schule.example/",
		),
		messages: [
			'5:9: domain.name: found "https://meet.schule.example/", expected a host name in lower case such as meet.schule.example; use letters a to z, digits and hyphens, at least two parts with dots between, no address, no https://, umlauts in their xn-- form',
		],
	},
	{
		name: "an address as name",
		bytes: valid().replace("meet.schule.example", "203.0.113.7"),
		messages: [
			'5:9: domain.name: found "203.0.113.7", expected a host name in lower case such as meet.schule.example; use letters a to z, digits and hyphens, at least two parts with dots between, no address, no https://, umlauts in their xn-- form',
		],
	},
	{
		name: "umlauts in the name",
		bytes: valid().replace("meet.schule", "meet.schüle"),
		messages: [
			'5:9: domain.name: found "meet.schüle.example", expected a host name in lower case such as meet.schule.example; use letters a to z, digits and hyphens, at least two parts with dots between, no address, no https://, umlauts in their xn-- form',
		],
	},
	{
		name: "numbers out of bounds",
		bytes: valid(
			"server:\n  participants: 1\nprivacy:\n  logRetentionDays: 400\nmeetings:\n  maxVideoHeight: 1080\n",
		),
		messages: [
			"10:17: server.participants: found 1 (a number), expected people in meetings at the same time, a whole number from 2 to 2000; correct it, and write it without quotes",
			"12:21: privacy.logRetentionDays: found 400 (a number), expected days that logs are kept, a whole number from 1 to 30; correct it, and write it without quotes",
			"14:19: meetings.maxVideoHeight: found 1080 (a number), expected 180, 360 or 720; write the number of lines",
		],
	},
	{
		name: "a network with host bits",
		bytes: valid().replace(
			"198.51.100.0/24",
			'198.51.100.7/24, "2001:db8::1/32", 10.0.0.1, nonsense, 0.0.0.0/0',
		),
		messages: [
			'8:13: administration.sshFrom.0: found "198.51.100.7/24", expected the network\'s first address; write 198.51.100.0/24',
			'8:30: administration.sshFrom.1: found "2001:db8::1/32", expected the network\'s first address; write 2001:db8::/32',
			'8:48: administration.sshFrom.2: found "10.0.0.1", expected a network with its length; write 10.0.0.1/32 for this one address',
			'8:58: administration.sshFrom.3: found "nonsense", expected a network such as 198.51.100.0/24 or 2001:db8:1::/48; correct it',
			'8:68: administration.sshFrom.4: found "0.0.0.0/0", expected networks you know, and this is the whole world; write sshFrom: any with a reason if that is meant',
		],
	},
	{
		name: "SSH from anywhere without a reason",
		bytes: valid().replace("[198.51.100.0/24]", "any"),
		messages: [
			"6:1: administration.sshFromAnyReason: found nothing, expected a written reason why SSH must be open to the world; add it, or name your networks in sshFrom",
		],
	},
	{
		name: "damaged and weak keys",
		bytes: valid().replace(
			`[${KEY}]`,
			`["${KEY.slice(0, -6)}", "ssh-dss AAAAB3NzaC1kc3M=", "-----BEGIN OPENSSH PRIVATE KEY-----", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7", key]`,
		),
		messages: [
			'7:13: administration.sshKeys.0: found "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPij35SU+Otwzu3fhgK/B+Dm…", expected a whole key, and this one is damaged or cut; copy the line of the .pub file again',
			'7:91: administration.sshKeys.1: found "ssh-dss AAAAB3NzaC1kc3M=", expected an ed25519, ECDSA or RSA key; make one with ssh-keygen -t ed25519',
			"7:119: administration.sshKeys.2: found a private key, expected a public key, and this is a PRIVATE one; remove it at once, make a new pair, and put in the line of the .pub file",
			'7:158: administration.sshKeys.3: found "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7", expected a whole key, and this one is damaged or cut; copy the line of the .pub file again',
			'7:202: administration.sshKeys.4: found "key", expected a public SSH key in one line (type, key, name); take that of ~/.ssh/id_ed25519.pub',
		],
	},
	{
		name: "a login without its fields, and another's",
		bytes: valid("login:\n  method: oidc\n  jwt: { issuer: moodle }\n"),
		messages: [
			"9:1: login.oidc: found nothing, expected the fields of login.oidc, which method: oidc needs; add them",
			"11:8: login.jwt: found a map, expected only with method: jwt; remove it, or change the method",
		],
	},
	{
		name: "a bought server and one's own at once",
		bytes: valid(
			"server:\n  address: { ipv4: 203.0.113.9 }\n  types: [cpx32]\nbridges: { count: 2 }\n",
		),
		messages: [
			"11:10: server.types: found a list, expected only for a server from Hetzner; remove it, or remove server.address",
			"12:19: bridges.count: found 2 (a number), expected 0 with a machine of your own, for bridges need Hetzner's private network; remove the setting",
		],
	},
	{
		name: "a zone elsewhere",
		bytes:
			SCHOOL +
			DOMAIN.replace("\n", "\n  dns: hetzner\n  zone: other.example\n") +
			ADMINISTRATION,
		messages: [
			'6:9: domain.zone: found "other.example", expected a zone that meet.schule.example is in; write schule.example, for example',
		],
	},
	{
		name: "a zone without hetzner",
		bytes:
			SCHOOL +
			DOMAIN.replace("\n", "\n  zone: schule.example\n") +
			ADMINISTRATION,
		messages: [
			'5:9: domain.zone: found "schule.example", expected only with dns: hetzner; remove it, or set dns: hetzner',
		],
	},
	{
		name: "an origin that is none",
		bytes: valid(
			"embedding:\n  allowedOrigins: ['https://moodle.example/', 'http://x.example', 'https://*.example']\n",
		),
		messages: [
			'10:20: embedding.allowedOrigins.0: found "https://moodle.example/", expected an exact origin such as https://moodle.schule.example; write https:// and the host name, no path, no closing slash, no *',
			'10:47: embedding.allowedOrigins.1: found "http://x.example", expected an exact origin such as https://moodle.schule.example; write https:// and the host name, no path, no closing slash, no *',
			'10:67: embedding.allowedOrigins.2: found "https://*.example", expected an exact origin such as https://moodle.schule.example; write https:// and the host name, no path, no closing slash, no *',
		],
	},
	{
		name: "control characters",
		bytes: valid('privacy: "\\e[31m"\n').replace(
			"Testschule",
			'"a\\nb\\u202e"',
		),
		messages: [
			'2:9: school.name: found "a\\nb\\u202e", expected the school\'s name, one line of at most 200 characters; write it as text, in quotes if it looks like a number or a date',
			'9:10: privacy: found "\\u001b[31m", expected a map of settings; indent its settings below it',
		],
	},
	{
		name: "an unknown authority",
		bytes: valid(
			"certificates:\n  directory: https://acme.stadt.example/dir\n",
		),
		messages: [
			"9:1: certificates.caaIssuer: found nothing, expected the CAA identity of this authority, which is not a well-known one; see its documentation, e.g. letsencrypt.org",
		],
	},
	{
		name: "a bucket that is not named",
		bytes: valid("state:\n  backend: s3\n"),
		messages: [
			"9:1: state.s3: found nothing, expected the bucket and its location, which backend: s3 needs; add them",
		],
	},
];
