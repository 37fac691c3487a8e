/** Verifier and disassembler as a module of their own, for tests. */
import { ByteVector } from '../../support/vectors';
import { disassemble } from '../disassembler';
import { verify } from '../verifier';

let listing: ByteVector = new ByteVector(64);

/** Address for an image of `length` bytes, 8-aligned. */
export function room(length: i32): i32 {
  return <i32>((heap.alloc(<usize>length + 8) + 7) & ~(<usize>7));
}

export function verifyImage(image: i32, length: i32): i32 {
  return verify(<usize>image, length);
}

/** Length of the listing. */
export function list(image: i32): i32 {
  listing = new ByteVector(1024);
  disassemble(<usize>image, listing);
  return listing.length;
}

export function listed(): i32 {
  return <i32>listing.address();
}
