/**
 * `ArrayBuffer.prototype.transferToFixedLength` of ECMAScript 2024, which Node 20 does not have: without it the PDF library
 * reads a page no further than to its first font.
 */
function transferToFixedLength(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
  const bytes = new Uint8Array(structuredClone(this, { transfer: [this] }));
  const moved = new Uint8Array(length);
  moved.set(bytes.subarray(0, length));
  return moved.buffer;
}

if (!('transferToFixedLength' in ArrayBuffer.prototype))
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', { value: transferToFixedLength });
