/**
 * A mistake that a user, a network or a remote service made, told in sentences: what was found,
 * what was expected, what to do. The command line prints the message without a stack and exits 2.
 * Any other error is a fault of this program and keeps its stack.
 */
export class VisibleError extends Error {
	override readonly name = "VisibleError";
}
