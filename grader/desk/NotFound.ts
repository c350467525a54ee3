/** An address that leads to nothing: an unknown assignment, student or attempt. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}
