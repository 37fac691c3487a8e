/** The kinds by name. */
import { files } from './files.js';
import { hostile } from './hostile.js';
import { images } from './images.js';
import type { AnyKind } from './kind.js';
import { programs } from './programs.js';
import { mutations, scripts } from './scripts.js';

export const KINDS: readonly AnyKind[] = [
  scripts,
  mutations,
  images,
  files,
  hostile,
  programs,
] as unknown as readonly AnyKind[];

/** @throws Error naming those that there are */
export function kindNamed(name: string): AnyKind {
  const found = KINDS.find((kind) => kind.name === name);
  if (!found) throw new Error(`there is no kind "${name}"; there are ${KINDS.map((kind) => kind.name).join(', ')}`);
  return found;
}
