import { Text } from '../support/texts';
import { ByteVector } from '../support/vectors';
export function renderDiagnostics(to: ByteVector, source: usize, length: i32, file: Text, format: i32): void {}
