/** Functions without a name. They count calls as functions do, for what they call may call them. */
import { write, type Type } from './types.js';
import type { World } from './world.js';

interface Making {
  exact(world: World, type: Type, depth: number): string;
  simple(world: World, type: Type): string;
}

/** Makes a lambda, in parentheses. */
export function lambdaMaker({ exact, simple }: Making) {
  return (world: World, parameters: readonly Type[], result: Type, depth: number): string => {
    const taken = parameters.map((type) => ({ name: world.fresh('l'), type, isFinal: type.kind === 'nullable' }));
    const body = world.lambda(
      taken,
      result,
      () => `--left < 0 ? ${simple(world, result)} : ${exact(world, result, depth)}`,
    );
    return `((${taken.map(({ name, type }) => `${write(type)} ${name}`).join(', ')}) => ${body})`;
  };
}
