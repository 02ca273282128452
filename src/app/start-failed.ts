/** The server cannot start; the message is a sentence for the operator. */
export class StartFailed extends Error {
  override name = "StartFailed";
}
