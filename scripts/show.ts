/** Shows operations to a person, as they would look at a prompt. */
import { describeOutcome, type Observer } from '@konoha/ops';

/** A shell line is shown with its output, any other operation with its outcome in words. */
export const showOutcome: Observer = (step, outcome) => {
  const { operation } = step;
  if (operation.verb !== 'shell') {
    console.log(`${step.text}   → ${describeOutcome(operation, outcome)}`);
    return;
  }
  console.log(step.text);
  const output = outcome.data.toString();
  if (output !== '') process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
  if (outcome.value !== 0) console.log(`(exit status ${outcome.value})`);
};
